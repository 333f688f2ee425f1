"""An inert stand-in for TensorFlow, made for Rasa 3.6.21.

Rasa imports TensorFlow wherever it defines a neural component, whether or not the
configuration uses one. Ours uses none, so importing the real library would cost half the
start-up time, most of the memory and 1.9 GB of disk for nothing. This package answers those
imports with objects that can be named, subclassed and used as decorators, and that refuse,
in words, as soon as something really needs the library.

How to use the real one instead: ``requirements/README.md``.
"""

import importlib.abc
import importlib.machinery
import sys
import types

_STOOD_IN = (
    "tensorflow",
    "tensorflow_addons",
    "tensorflow_text",
    "tensorflow_hub",
    "keras",
)
_NEEDED = (
    "{name} needs TensorFlow, which this installation leaves out. Use components that do not "
    "need it, or install the real library: see requirements/README.md."
)


class _InertType(type):
    """The type of every name looked up on the stand-in: itself a class, so it can be a base."""

    def __getattr__(cls, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return _inert(name)


def _refuse_or_pass(cls, *args, **kwargs):
    """Called as a class by Rasa's own subclass: refuse. Called as a decorator: hand back."""
    if "_stand_in" not in cls.__dict__:
        raise RuntimeError(_NEEDED.format(name=cls.__qualname__))
    if len(args) == 1 and not kwargs and callable(args[0]):
        return args[0]
    return object.__new__(cls)


def _inert(name: str) -> _InertType:
    return _InertType(
        name,
        (),
        {
            "_stand_in": True,
            "__new__": _refuse_or_pass,
            "__init__": lambda self, *args, **kwargs: None,
            "__call__": lambda self, *args, **kwargs: args[0] if args else self,
            # Lists of devices are empty: spaCy's thinc counts the GPUs.
            "__len__": lambda self: 0,
            "__class_getitem__": classmethod(lambda cls, key: cls),
        },
    )


class _InertModule(types.ModuleType):
    __path__: list = []
    __version__ = "2.12.1+standin"

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        value = _inert(name)
        setattr(self, name, value)
        return value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers the import of every module below the stood-in packages."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] in _STOOD_IN:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec):
        return _InertModule(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, _Finder())
sys.modules[__name__].__class__ = _InertModule
