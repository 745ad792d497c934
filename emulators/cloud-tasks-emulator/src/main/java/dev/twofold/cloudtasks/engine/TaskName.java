package dev.twofold.cloudtasks.engine;

import java.util.regex.Pattern;

/** A task's resource name. Refuses, in the real service's words, what is not one. */
public record TaskName(QueueName queue, String id) {

  private static final String TASKS = "/tasks/";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,500}");

  public static TaskName parse(String path) {
    int at = path.lastIndexOf(TASKS);
    if (at < 0) {
      throw Refusals.malformedTaskName();
    }
    return new TaskName(
        QueueName.parse(path.substring(0, at)), checkedId(path.substring(at + TASKS.length())));
  }

  /** The name a request gives for a task to be created in {@code queue}. */
  public static TaskName parse(QueueName queue, String path) {
    int at = path.lastIndexOf(TASKS);
    if (at < 0) {
      throw Refusals.malformedTaskName();
    }
    String named = path.substring(0, at);
    if (!named.equals(queue.path())) {
      throw Refusals.queueMismatch(queue, named);
    }
    return new TaskName(queue, checkedId(path.substring(at + TASKS.length())));
  }

  public String path() {
    return queue.path() + TASKS + id;
  }

  private static String checkedId(String id) {
    if (!ID.matcher(id).matches()) {
      throw Refusals.malformedTaskId(id);
    }
    return id;
  }
}
