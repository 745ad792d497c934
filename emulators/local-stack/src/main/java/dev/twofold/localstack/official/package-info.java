/**
 * Google's own Pub/Sub and Firestore emulators: where they come from (an address given, an
 * installed gcloud SDK, a checked download) and with which command they start. What runs them is
 * the business of {@code process}.
 */
@NullMarked
package dev.twofold.localstack.official;

import org.jspecify.annotations.NullMarked;
