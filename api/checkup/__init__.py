"""Whether every part works, for `omdehoek doctor`."""
