/**
 * Where Pub/Sub pushes deliveries to: unwraps the message, has it handled, and answers with the
 * status that decides its redelivery.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"reconcile", "record", "failure", "problem", "role"})
package dev.twofold.sync.reconcile.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
