package dev.twofold.planted.unheardof;

/** Lies in a package of no kind. */
final class Stray {}
