package dev.twofold.planted;

/** Lies in the root, where only the start belongs. */
final class Helper {}
