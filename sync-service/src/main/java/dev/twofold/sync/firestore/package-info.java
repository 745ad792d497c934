/**
 * The one door to Firestore: the client, made beside the start; bounded calls, whose failures are
 * told apart; and records as documents.
 *
 * <p>Shared by the adapters below {@code link} and {@code tenant}, which alone know what is stored
 * where. No transaction is ever opened: {@code create()} and preconditions are enough, and locks
 * are not.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"failure"})
package dev.twofold.sync.firestore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
