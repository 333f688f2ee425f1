"""Vignettes: cases with a level fixed beforehand, played through the engine and the real chat."""
