"""``make bench-language``: every figure about language, printed as tables."""

from bench.language import assertions, cost, intents


def main() -> None:
    """Intents, facts and assertion, and what a message costs."""
    print("# Intents")
    intents.main()
    print("\n# Facts and assertion")
    assertions.tables()
    print("\n# Cost of a message")
    cost.main()


if __name__ == "__main__":
    main()
