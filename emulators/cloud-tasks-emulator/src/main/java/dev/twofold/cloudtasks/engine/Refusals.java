package dev.twofold.cloudtasks.engine;

import dev.twofold.cloudtasks.engine.RequestRefused.Help;
import dev.twofold.cloudtasks.engine.RequestRefused.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The words of the real service, as recorded from it in 2026, each in one place. */
final class Refusals {

  private static final String REFERENCE = "https://cloud.google.com/tasks/docs/reference/rest/v2/";

  // The recorded message names the time as seen from Google's home.
  private static final DateTimeFormatter PACIFIC =
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneId.of("America/Los_Angeles"));

  private Refusals() {}

  static RequestRefused invalid(String message) {
    return new RequestRefused(Reason.INVALID_ARGUMENT, message);
  }

  static RequestRefused queueMissing() {
    return new RequestRefused(
        Reason.NOT_FOUND,
        "Queue does not exist. If you just created the queue, wait at least a minute for the queue"
            + " to initialize.");
  }

  static RequestRefused notFound() {
    return new RequestRefused(Reason.NOT_FOUND, "Requested entity was not found.");
  }

  static RequestRefused queueExists() {
    return new RequestRefused(Reason.ALREADY_EXISTS, "Queue already exists");
  }

  static RequestRefused queueExistedTooRecently() {
    return new RequestRefused(
        Reason.FAILED_PRECONDITION,
        "The queue cannot be created because a queue with this name existed too recently.");
  }

  static RequestRefused taskExists() {
    return new RequestRefused(Reason.ALREADY_EXISTS, "Requested entity already exists");
  }

  static RequestRefused taskExistedRecently() {
    return new RequestRefused(
        Reason.NOT_FOUND,
        "The task no longer exists, though a task with this name existed recently. The task either"
            + " successfully completed or was deleted.");
  }

  static RequestRefused malformedQueueName() {
    return new RequestRefused(
        Reason.INVALID_ARGUMENT,
        "Queue name must be formatted:"
            + " \"projects/<PROJECT_ID>/locations/<LOCATION_ID>/queues/<QUEUE_ID>\".",
        new Help(
            "Definition of queue name", REFERENCE + "projects.locations.queues#Queue.FIELDS.name"));
  }

  static RequestRefused malformedTaskName() {
    return invalid(
        "Task name must be formatted:"
            + " \"projects/<PROJECT_ID>/locations/<LOCATION_ID>/queues/<QUEUE_ID>"
            + "/tasks/<TASK_ID>\"");
  }

  static RequestRefused malformedTaskId(String id) {
    return new RequestRefused(
        Reason.INVALID_ARGUMENT,
        "Task ID \""
            + id
            + "\" can contain only letters ([A-Za-z]), numbers ([0-9]), hyphens (-), or underscores"
            + " (_). Task ID must between 1 and 500 characters.",
        new Help(
            "Definition of task ID",
            REFERENCE + "projects.locations.queues.tasks#Task.FIELDS.name"));
  }

  static RequestRefused queueMismatch(QueueName requested, String named) {
    return invalid(
        "The queue name from request ('"
            + requested.path()
            + "') must be the same as the queue name in the named task ('"
            + named
            + "').");
  }

  static RequestRefused tooFarAhead(Instant scheduleTime) {
    return invalid(
        "The Task.scheduleTime, "
            + PACIFIC.format(scheduleTime.truncatedTo(ChronoUnit.SECONDS))
            + ", is too far in the future. Schedule time must be no more than 720h in the future.");
  }

  static RequestRefused badDeadline() {
    return invalid("Task.dispatchDeadline must be between [15s, 30m].");
  }

  static RequestRefused tooLarge() {
    return invalid("Task size too large");
  }
}
