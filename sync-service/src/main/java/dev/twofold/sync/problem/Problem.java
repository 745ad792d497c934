package dev.twofold.sync.problem;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An RFC 9457 problem.
 *
 * @param name stable, for programs; the last part of the type
 * @param detail what went wrong this time and what to do; never holds personal data
 * @param facts further members of the body
 */
public record Problem(HttpStatus status, String name, String detail, Map<String, Object> facts) {

  /** The media type of a problem body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "urn:twofold:problem:";

  public Problem {
    facts = Map.copyOf(facts);
  }

  /** The request cannot be understood. */
  public static Problem badRequest(String name, String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, name, detail, Map.of());
  }

  /** There is nothing of that name. */
  public static Problem notFound(String name, String detail) {
    return new Problem(HttpStatus.NOT_FOUND, name, detail, Map.of());
  }

  /** The body is longer than is taken in. */
  public static Problem tooLarge(long bytesMax) {
    return new Problem(
        HttpStatus.CONTENT_TOO_LARGE,
        "too-large",
        "A body may have at most " + bytesMax + " bytes.",
        Map.of());
  }

  /** The state of things does not allow it. */
  public static Problem conflict(String name, String detail, Map<String, Object> facts) {
    return new Problem(HttpStatus.CONFLICT, name, detail, facts);
  }

  /** The body. */
  public ProblemDetail body() {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
    body.setType(URI.create(TYPE + name));
    body.setTitle(status.getReasonPhrase());
    new TreeMap<>(facts).forEach(body::setProperty);
    return body;
  }

  /** The body as text, for where there is no message converter. */
  public String json() {
    Map<String, Object> members = new TreeMap<>(facts);
    members.put("type", TYPE + name);
    members.put("title", status.getReasonPhrase());
    members.put("status", status.value());
    members.put("detail", detail);
    return JsonMapper.shared().writeValueAsString(members);
  }

  /** The same to be thrown out of a controller. */
  public ErrorResponseException thrown() {
    return new ErrorResponseException(status, body(), null);
  }
}
