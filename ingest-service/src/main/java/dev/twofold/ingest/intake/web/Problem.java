package dev.twofold.ingest.intake.web;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * An RFC 9457 problem body. Made from fixed texts only, so that it can leak and reflect nothing.
 *
 * @param type a stable name for programs
 * @param detail what went wrong this time and what to do
 */
record Problem(String type, String title, int status, String detail) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.shared();

  static Problem named(String name, String title, int status, String detail) {
    return new Problem("urn:twofold:problem:" + name, title, status, detail);
  }

  /** The problem for a status that Spring or the container decided on. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 ->
          named("bad-request", "Bad request", status, "The request could not be understood.");
      case 404 -> named("not-found", "Not found", status, "There is nothing at this address.");
      case 405 ->
          named(
              "method-not-allowed",
              "Method not allowed",
              status,
              "This address does not take this method; the Allow header names those it takes.");
      case 406 ->
          named("not-acceptable", "Not acceptable", status, "No representation fits Accept.");
      case 408 ->
          named(
              "incomplete",
              "Incomplete body",
              status,
              "The body did not arrive completely and in time.");
      case 413 -> named("too-large", "Too large", status, "The request is too large.");
      case 414 -> named("uri-too-long", "URI too long", status, "The address is too long.");
      case 415 ->
          named(
              "unsupported-media-type",
              "Unsupported media type",
              status,
              "Send application/json with a Content-Type header that says so.");
      case 503 ->
          named("unavailable", "Unavailable", status, "The service cannot answer now. Try later.");
      default ->
          status < 500
              ? named("refused", "Refused", status, "The request was refused.")
              : named("internal", "Internal error", status, "The service failed. Try later.");
    };
  }

  byte[] json() {
    return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
  }
}
