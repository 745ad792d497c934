/**
 * Keeps links and what belongs to them in Firestore, below {@code tenants/{tenant}}.
 *
 * <p>Every document is written with {@code create()} or the version it was read with, history in
 * the same commit. No transaction, no lock, and no query without a limit.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"link", "record", "mapping", "merge", "failure", "firestore"})
package dev.twofold.sync.link.firestore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
