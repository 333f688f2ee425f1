/** `data-mode="frame"`: the chat as a page of its own server, out of reach of the page around it. */

const PHONE = "(max-width: 599px), (max-height: 479px)";
const CSS = `.frame{position:fixed;z-index:2147483000;inset:auto 1em 1em auto;width:26em;height:min(46em,100% - 2em);margin:0;padding:0;border:0;border-radius:.75em;overflow:hidden;max-width:none;max-height:none;background:#f3f6f6;box-shadow:0 4px 24px #0006}
.frame:modal{inset:0;width:100%;height:100%;border-radius:0}
.frame iframe{display:block;width:100%;height:100%;border:0}`;

/**
 * @param {ShadowRoot} root @param {import("./panel.js").Config} config
 * @returns {{open: () => Promise<void>}}
 */
export function mount(root, config) {
  config.dress(CSS);
  const box = document.createElement("dialog");
  box.className = "frame";
  box.setAttribute("aria-label", config.label);
  const frame = document.createElement("iframe");
  frame.title = config.label;
  frame.allow = "clipboard-write; geolocation";
  frame.src = `${config.base}widget/v1/frame?clinic=${encodeURIComponent(config.clinic)}`;
  box.append(frame);
  root.append(box);
  box.addEventListener("close", config.closed);
  const ready = new Promise((done) => {
    addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data?.heelChat === "ready") done(true);
      if (data?.heelChat === "closed") box.close();
    });
  });
  return {
    async open() {
      await ready;
      if (matchMedia(PHONE).matches) box.showModal();
      else box.show();
      frame.focus();
    },
  };
}
