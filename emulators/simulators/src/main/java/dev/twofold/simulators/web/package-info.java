/**
 * What both simulated APIs share: requests and answers as values, sliding rate windows, faults on
 * demand and the log of calls. Pure: no threads, no sockets, no clock; every method is told the
 * time.
 */
@NullMarked
package dev.twofold.simulators.web;

import org.jspecify.annotations.NullMarked;
