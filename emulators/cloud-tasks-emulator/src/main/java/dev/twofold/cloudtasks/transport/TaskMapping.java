package dev.twofold.cloudtasks.transport;

import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OAuthToken;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Attempt;
import dev.twofold.cloudtasks.engine.Authorization;
import dev.twofold.cloudtasks.engine.HttpCall;
import dev.twofold.cloudtasks.engine.HttpMethod;
import dev.twofold.cloudtasks.engine.NewTask;
import dev.twofold.cloudtasks.engine.Payload;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.RequestRefused;
import dev.twofold.cloudtasks.engine.TaskName;
import dev.twofold.cloudtasks.engine.TaskProgress;
import dev.twofold.cloudtasks.engine.TaskSnapshot;
import io.grpc.Status.Code;
import java.time.Instant;

/** Tasks between the v2 API and the engine. */
final class TaskMapping {

  private TaskMapping() {}

  static NewTask fromProto(QueueName queue, Task task) {
    String id = task.getName().isEmpty() ? null : TaskName.parse(queue, task.getName()).id();
    return switch (task.getMessageTypeCase()) {
      case HTTP_REQUEST ->
          new NewTask(
              id,
              call(task.getHttpRequest()),
              task.hasScheduleTime() ? Times.instant(task.getScheduleTime()) : null,
              Times.duration(task.getDispatchDeadline()));
      case APP_ENGINE_HTTP_REQUEST ->
          throw new RequestRefused(
              RequestRefused.Reason.UNIMPLEMENTED,
              "App Engine targets are not supported by this emulator: use httpRequest.");
      case MESSAGETYPE_NOT_SET ->
          throw new RequestRefused(
              RequestRefused.Reason.INVALID_ARGUMENT, "Task.httpRequest is required.");
    };
  }

  static Task toProto(TaskSnapshot task, Task.View view) {
    boolean full = view == Task.View.FULL;
    TaskProgress progress = task.progress();
    Task.Builder proto =
        Task.newBuilder()
            .setName(task.name().path())
            .setHttpRequest(httpRequest(task.call(), full))
            .setScheduleTime(Times.timestamp(progress.scheduleTime()))
            .setCreateTime(Times.timestamp(task.createTime()))
            .setDispatchDeadline(Times.duration(task.dispatchDeadline()))
            .setDispatchCount(progress.dispatchCount())
            .setResponseCount(progress.responseCount())
            .setView(full ? Task.View.FULL : Task.View.BASIC);
    Instant first = progress.firstDispatchAt();
    if (first != null) {
      proto.getFirstAttemptBuilder().setDispatchTime(Times.timestamp(first));
    }
    Attempt last = progress.lastAttempt();
    if (last != null) {
      proto.setLastAttempt(attempt(last));
    }
    return proto.build();
  }

  private static HttpCall call(HttpRequest request) {
    Authorization authorization =
        switch (request.getAuthorizationHeaderCase()) {
          case OAUTH_TOKEN ->
              new Authorization.OAuth(
                  request.getOauthToken().getServiceAccountEmail(),
                  request.getOauthToken().getScope());
          case OIDC_TOKEN ->
              new Authorization.Oidc(
                  request.getOidcToken().getServiceAccountEmail(),
                  request.getOidcToken().getAudience());
          case AUTHORIZATIONHEADER_NOT_SET -> new Authorization.None();
        };
    return new HttpCall(
        request.getUrl(),
        method(request),
        request.getHeadersMap(),
        Payload.of(request.getBody().toByteArray()),
        authorization);
  }

  private static HttpMethod method(HttpRequest request) {
    return switch (request.getHttpMethod()) {
      case HTTP_METHOD_UNSPECIFIED, POST -> HttpMethod.POST;
      case GET -> HttpMethod.GET;
      case HEAD -> HttpMethod.HEAD;
      case PUT -> HttpMethod.PUT;
      case DELETE -> HttpMethod.DELETE;
      case PATCH -> HttpMethod.PATCH;
      case OPTIONS -> HttpMethod.OPTIONS;
      case UNRECOGNIZED ->
          throw new RequestRefused(
              RequestRefused.Reason.INVALID_ARGUMENT,
              "HttpRequest.httpMethod is unknown: " + request.getHttpMethodValue() + ".");
    };
  }

  private static HttpRequest httpRequest(HttpCall call, boolean full) {
    HttpRequest.Builder proto =
        HttpRequest.newBuilder()
            .setUrl(call.url())
            .setHttpMethod(com.google.cloud.tasks.v2.HttpMethod.valueOf(call.method().name()))
            .putAllHeaders(call.headers());
    // The basic view hides the body alone: headers are shown, as recorded.
    if (full && call.body().size() > 0) {
      proto.setBody(ByteString.copyFrom(call.body().bytes()));
    }
    switch (call.authorization()) {
      case Authorization.None _ -> {}
      case Authorization.Oidc oidc ->
          proto.setOidcToken(
              OidcToken.newBuilder()
                  .setServiceAccountEmail(oidc.serviceAccountEmail())
                  .setAudience(oidc.audience()));
      case Authorization.OAuth oauth ->
          proto.setOauthToken(
              OAuthToken.newBuilder()
                  .setServiceAccountEmail(oauth.serviceAccountEmail())
                  .setScope(oauth.scope()));
    }
    return proto.build();
  }

  private static com.google.cloud.tasks.v2.Attempt attempt(Attempt attempt) {
    com.google.cloud.tasks.v2.Attempt.Builder proto =
        com.google.cloud.tasks.v2.Attempt.newBuilder()
            .setScheduleTime(Times.timestamp(attempt.scheduleTime()))
            .setDispatchTime(Times.timestamp(attempt.dispatchTime()));
    Instant answeredAt = attempt.responseTime();
    Answer answer = attempt.answer();
    if (answer != null) {
      proto.setResponseStatus(status(answer));
      // A call that got no answer has a status but no time of response.
      if (answeredAt != null && answer instanceof Answer.Status) {
        proto.setResponseTime(Times.timestamp(answeredAt));
      }
    }
    return proto.build();
  }

  private static Status status(Answer answer) {
    return switch (answer) {
      case Answer.Status status -> {
        Code code = code(status.code());
        yield Status.newBuilder()
            .setCode(code.value())
            .setMessage(code.name() + "(" + code.value() + "): HTTP status code " + status.code())
            .build();
      }
      case Answer.TimedOut _ ->
          Status.newBuilder()
              .setCode(Code.DEADLINE_EXCEEDED.value())
              .setMessage("DEADLINE_EXCEEDED(4): no answer within the dispatch deadline")
              .build();
      case Answer.NoResponse gone ->
          Status.newBuilder()
              .setCode(Code.UNAVAILABLE.value())
              .setMessage("UNAVAILABLE(14): " + gone.cause())
              .build();
    };
  }

  // The mapping of google.rpc.Code: https://cloud.google.com/apis/design/errors
  private static Code code(int httpStatus) {
    return switch (httpStatus) {
      case 400 -> Code.INVALID_ARGUMENT;
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404 -> Code.NOT_FOUND;
      case 409 -> Code.ABORTED;
      case 429 -> Code.RESOURCE_EXHAUSTED;
      case 499 -> Code.CANCELLED;
      case 500 -> Code.INTERNAL;
      case 501 -> Code.UNIMPLEMENTED;
      case 503 -> Code.UNAVAILABLE;
      case 504 -> Code.DEADLINE_EXCEEDED;
      default -> httpStatus >= 200 && httpStatus <= 299 ? Code.OK : Code.UNKNOWN;
    };
  }
}
