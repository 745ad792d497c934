/**
 * Links: who is whom, what is known and agreed, and what work waits; with the claims on records and
 * e-mail addresses that keep two records from being paired twice.
 *
 * <p>A {@link dev.twofold.sync.link.Workspace} reads documents, changes them in memory and commits
 * each connected set of them at once. No call to a provider is made here and no clock is read.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"record", "mapping", "merge", "failure", "watch"})
package dev.twofold.sync.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
