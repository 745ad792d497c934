package dev.twofold.sync.link;

import dev.twofold.sync.record.RecordId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a document is stored below its tenant: a collection and an id. Ids of hot collections begin
 * with hash digits, because rising ids make one hot range.
 *
 * @see <a href="https://cloud.google.com/firestore/docs/best-practices">Firestore best
 *     practices</a>
 */
public record DocumentKey(Collection collection, String id) implements Comparable<DocumentKey> {

  /** The collections below a tenant. */
  public enum Collection {
    RECORDS("records"),
    LINKS("links"),
    EMAILS("emails"),
    OUTBOX("outbox"),
    PURCHASES("purchases"),
    PARKED("parked");

    private final String path;

    Collection(String path) {
      this.path = path;
    }

    /** The collection's name in a document path. */
    public String path() {
      return path;
    }
  }

  /** The claim on a record. */
  public static DocumentKey of(RecordId record) {
    return new DocumentKey(Collection.RECORDS, spread(record.key()));
  }

  /** The link. */
  public static DocumentKey of(LinkId link) {
    return new DocumentKey(Collection.LINKS, link.value());
  }

  /** The claim on an address; it is stored by its hash alone. */
  public static DocumentKey ofEmail(String hash) {
    return new DocumentKey(Collection.EMAILS, hash);
  }

  /** A row of work for HubSpot. */
  public static DocumentKey ofRow(LinkId link, String task) {
    return new DocumentKey(Collection.OUTBOX, link.value() + "-" + task);
  }

  /** A purchase by its PaymentIntent's or charge's id. */
  public static DocumentKey ofPurchase(String purchase) {
    return new DocumentKey(Collection.PURCHASES, spread(purchase));
  }

  /** Something parked. */
  public static DocumentKey ofParked(String id) {
    return new DocumentKey(Collection.PARKED, id);
  }

  private static String spread(String id) {
    return HexFormat.of().formatHex(digest(id), 0, 2) + "-" + id;
  }

  /** The SHA-256 of a text in hex digits. */
  static String hash(String text) {
    return HexFormat.of().formatHex(digest(text));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public int compareTo(DocumentKey other) {
    int byCollection = collection.compareTo(other.collection);
    return byCollection != 0 ? byCollection : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return collection.path() + "/" + id;
  }
}
