"""Rasa's command line, the garbage collector at rest until all is loaded: a tenth of the start."""

import gc

if __name__ == "__main__":
    gc.disable()
    from rasa.__main__ import main

    main()
