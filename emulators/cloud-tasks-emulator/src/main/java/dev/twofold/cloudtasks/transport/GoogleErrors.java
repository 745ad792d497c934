package dev.twofold.cloudtasks.transport;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.Status;
import dev.twofold.cloudtasks.engine.RequestRefused;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Refusals in the form Google's services give them, with the details they attach. */
final class GoogleErrors {

  private GoogleErrors() {}

  static StatusRuntimeException of(RequestRefused refused) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(Code.valueOf(refused.reason().name()).getNumber())
            .setMessage(refused.words());
    refused
        .help()
        .ifPresent(help -> status.addDetails(Any.pack(link(help.description(), help.url()))));
    if (refused.reason() == RequestRefused.Reason.PERMISSION_DENIED) {
      deniedDetails(status, refused.words());
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  // As recorded for a parent that is no location.
  private static void deniedDetails(Status.Builder status, String words) {
    String resource = words.replaceFirst(".*resource project (.*)\\.$", "$1");
    status
        .addDetails(
            Any.pack(
                ErrorInfo.newBuilder()
                    .setReason("CONSUMER_INVALID")
                    .setDomain("googleapis.com")
                    .putMetadata("consumer", "projects/" + resource)
                    .putMetadata("containerInfo", resource)
                    .putMetadata("service", "cloudtasks.googleapis.com")
                    .build()))
        .addDetails(
            Any.pack(LocalizedMessage.newBuilder().setLocale("en-US").setMessage(words).build()))
        .addDetails(
            Any.pack(link("Google developers console", "https://console.developers.google.com")));
  }

  private static Help link(String description, String url) {
    return Help.newBuilder()
        .addLinks(Help.Link.newBuilder().setDescription(description).setUrl(url))
        .build();
  }
}
