package dev.twofold.planted.role;

/** An adapter. */
public final class Adapter {}
