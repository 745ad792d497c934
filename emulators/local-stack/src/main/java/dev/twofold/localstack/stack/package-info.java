/**
 * The whole product on one machine: which parts there are, on which ports and with which settings,
 * in which order they start and stop. {@link dev.twofold.localstack.stack.LocalStack} serves the
 * command line and the whole-system tests alike. Says nothing on a terminal; it tells a listener.
 */
@NullMarked
package dev.twofold.localstack.stack;

import org.jspecify.annotations.NullMarked;
