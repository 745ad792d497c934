package dev.twofold.simulators.planted;

/** A class that no service may know. */
public final class Neighbour {}
