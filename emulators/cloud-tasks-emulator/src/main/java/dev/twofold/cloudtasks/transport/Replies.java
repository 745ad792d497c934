package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.RequestRefused;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers one gRPC call with what a supplier gives, or with Google's form of its refusal. */
final class Replies {

  private Replies() {}

  static <T> void reply(StreamObserver<T> observer, Supplier<T> work) {
    T answer;
    try {
      answer = work.get();
    } catch (RequestRefused refused) {
      observer.onError(GoogleErrors.of(refused));
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }
}
