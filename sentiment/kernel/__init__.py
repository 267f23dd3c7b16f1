"""Numba kernels over the UTF-8 bytes of Arrow columns; nothing else in this project is numba.

``arrow`` turns a column into bytes and offsets, ``codepoints`` decodes and classifies,
``vader`` scores English by VADER's rules, ``features`` hashes n-grams for the linear heads.
A kernel takes its tables as arguments: numba's cache freezes globals and would go stale.
"""
