package dev.twofold.cloudtasks.transport;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Errors as {@code {"error": {"code", "message", "status"}}}. gcloud shows the message of this
 * shape only; of any other it prints the raw body.
 */
final class RestErrors implements UnframedGrpcErrorHandler, ServerErrorHandler {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonFormat.Printer DETAILS =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(Help.getDescriptor())
                  .add(ErrorInfo.getDescriptor())
                  .add(LocalizedMessage.getDescriptor())
                  .build())
          .omittingInsignificantWhitespace();

  @Override
  public HttpResponse handle(
      ServiceRequestContext context, Status status, AggregatedHttpResponse response) {
    String words = status.getDescription() == null ? "" : status.getDescription();
    return body(httpStatus(status.getCode()), status.getCode().name(), words, details(response))
        .toHttpResponse();
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    // Armeria's own refusals, such as a body that is too long, carry their status themselves.
    return ServerErrorHandler.ofDefault().onServiceException(context, cause);
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String words = description == null ? status.reasonPhrase() : description;
    return body(status, name(status), words, List.of());
  }

  private static AggregatedHttpResponse body(
      HttpStatus status, String name, String words, List<Object> details) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", status.code());
    error.put("message", words);
    error.put("status", name);
    if (!details.isEmpty()) {
      error.put("details", details);
    }
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status).contentType(MediaType.JSON_UTF_8).build(),
        HttpData.wrap(JSON.writeValueAsBytes(Map.of("error", error))));
  }

  private static List<Object> details(AggregatedHttpResponse response) {
    String name = "grpc-status-details-bin";
    String encoded = response.headers().get(name, response.trailers().get(name, ""));
    if (encoded.isEmpty()) {
      return List.of();
    }
    try {
      com.google.rpc.Status status =
          com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(encoded));
      List<Object> details = new ArrayList<>();
      for (Any detail : status.getDetailsList()) {
        details.add(JSON.readTree(DETAILS.print(detail)));
      }
      return details;
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("our own error details cannot be read", broken);
    }
  }

  private static String name(HttpStatus status) {
    return switch (status.code()) {
      case 400, 405, 413, 414, 415 -> Code.INVALID_ARGUMENT.name();
      case 404 -> Code.NOT_FOUND.name();
      case 503 -> Code.UNAVAILABLE.name();
      default -> status.code() >= 500 ? Code.INTERNAL.name() : Code.UNKNOWN.name();
    };
  }

  // The mapping of google.rpc.Code: https://cloud.google.com/apis/design/errors
  private static HttpStatus httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> HttpStatus.OK;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case CANCELLED -> HttpStatus.valueOf(499);
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case UNKNOWN, INTERNAL, DATA_LOSS -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
