package dev.twofold.cloudtasks.transport;

import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The access policies of queues: kept and given back, never enforced. A change that names an
 * outdated etag is refused, as in the real service.
 */
public final class IamPolicies {

  private final ConcurrentMap<String, Policy> policies = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  Policy get(String resource) {
    return policies.getOrDefault(resource, Policy.newBuilder().setEtag(etag(0)).build());
  }

  Policy set(String resource, Policy policy) {
    return policies.compute(
        resource,
        (name, before) -> {
          ByteString held = before == null ? etag(0) : before.getEtag();
          if (!policy.getEtag().isEmpty() && !policy.getEtag().equals(held)) {
            throw Status.ABORTED
                .withDescription(
                    "There were concurrent policy changes. Please retry the whole"
                        + " read-modify-write with exponential backoff.")
                .asRuntimeException();
          }
          return policy.toBuilder().setEtag(etag(version.incrementAndGet())).build();
        });
  }

  public void clear() {
    policies.clear();
  }

  private static ByteString etag(long number) {
    return ByteString.copyFrom("v" + number, StandardCharsets.US_ASCII);
  }
}
