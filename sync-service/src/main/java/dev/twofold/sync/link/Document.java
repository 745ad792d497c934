package dev.twofold.sync.link;

/** What is stored about links, one kind for each collection. */
public sealed interface Document
    permits Link, RecordClaim, EmailClaim, OutboxRow, Purchase, ParkedItem {

  /** Where it is stored. */
  DocumentKey key();
}
