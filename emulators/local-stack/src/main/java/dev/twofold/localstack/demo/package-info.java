/**
 * The product's main flows, played on a running stack by acting as people do in both simulators,
 * and checked from what the simulators hold afterwards. The checks are pure; the whole-system tests
 * use the very same play.
 */
@NullMarked
package dev.twofold.localstack.demo;

import org.jspecify.annotations.NullMarked;
