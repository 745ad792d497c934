package dev.twofold.cloudtasks.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A queue's resource name. Refuses, in the real service's words, what is not one. */
public record QueueName(LocationName location, String id) implements Comparable<QueueName> {

  private static final Pattern PATH =
      Pattern.compile(
          "projects/([A-Za-z0-9:.-]+)/locations/([A-Za-z0-9-]+)/queues/([A-Za-z0-9-]{1,100})");

  public static QueueName parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw Refusals.malformedQueueName();
    }
    return new QueueName(new LocationName(matcher.group(1), matcher.group(2)), matcher.group(3));
  }

  public static QueueName of(String project, String location, String id) {
    return parse("projects/" + project + "/locations/" + location + "/queues/" + id);
  }

  public String path() {
    return location.path() + "/queues/" + id;
  }

  @Override
  public int compareTo(QueueName other) {
    return path().compareTo(other.path());
  }
}
