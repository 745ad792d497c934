package dev.twofold.sync.side;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * How the thread that makes a call hears when its request has been handed to the socket. Between
 * the decision to call and the socket lie other threads, and where processors are short each may
 * wait; a limit on calls has to count from the later moment.
 */
public final class Sending {

  private static final ScopedValue<Runnable> SENT = ScopedValue.newInstance();

  private Sending() {}

  /** Makes one call; {@code sent} runs once its request is on its way, on any thread. */
  public static <T> T telling(Runnable sent, Supplier<T> call) {
    return ScopedValue.where(SENT, sent).call(call::get);
  }

  /** What the present call wants run once its request is on its way; nothing where none does. */
  public static Runnable present() {
    return SENT.orElse(() -> {});
  }

  /**
   * The same request, telling the present call of its way. A request without a body tells nothing:
   * its answer does.
   */
  public static HttpRequest told(HttpRequest request) {
    BodyPublisher body = request.bodyPublisher().orElse(null);
    if (body == null || body.contentLength() == 0 || !SENT.isBound()) {
      return request;
    }
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .method(request.method(), new ToldBody(body, SENT.get()))
        .build();
  }

  /** The client publishes a body only after the headers have gone out. */
  private record ToldBody(BodyPublisher body, Runnable sent) implements BodyPublisher {

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      body.subscribe(new ToldSubscriber(subscriber, sent));
    }
  }

  private record ToldSubscriber(Flow.Subscriber<? super ByteBuffer> subscriber, Runnable sent)
      implements Flow.Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      subscriber.onNext(part);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
      sent.run();
    }
  }
}
