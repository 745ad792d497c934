package dev.twofold.sync.link;

import org.jspecify.annotations.Nullable;

/**
 * One document's part of a commit.
 *
 * @param document what it becomes; null to delete it
 * @param expectedVersion the version that must still stand; null when it must not exist yet
 */
public record Change(
    DocumentKey key, @Nullable Document document, @Nullable String expectedVersion) {}
