package dev.twofold.ingest.intake;

/**
 * The bytes of a delivery exactly as received. They are handed on without a copy and are not to be
 * changed by anyone. Prints its length only: a body holds personal data.
 */
public final class RawBody {

  private final byte[] bytes;

  public RawBody(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "RawBody[" + bytes.length + " bytes]";
  }
}
