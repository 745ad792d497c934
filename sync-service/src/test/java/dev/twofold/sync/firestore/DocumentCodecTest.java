package dev.twofold.sync.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.twofold.sync.firestore.DocumentCodec.TextValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class DocumentCodecTest {

  private record Name(String text) {}

  private record Parcel(
      Name to,
      @Nullable String from,
      Instant at,
      int weight,
      boolean open,
      List<String> content,
      Map<Name, Integer> counted) {

    @SuppressWarnings("EffectivelyPrivate") // Jackson takes public ones for properties
    public boolean isEmpty() {
      return content.isEmpty();
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DocumentCodec codec =
      DocumentCodec.with(List.of(new TextValue<>(Name.class, Name::text, Name::new)));

  private final Parcel parcel =
      new Parcel(
          new Name("Zoë"),
          null,
          Instant.parse("2026-11-21T09:00:00.000000001Z"),
          7,
          true,
          List.of(""),
          Map.of(new Name("a.b"), 1));

  @Test
  void storesComponentsOnlyAndNoNulls() {
    assertThat(parcel.isEmpty()).isFalse();
    assertThat(JSON.readTree(codec.encode(parcel)))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "to": "Zoë",
                  "at": "2026-11-21T09:00:00.000000001Z",
                  "weight": 7,
                  "open": true,
                  "content": [""],
                  "counted": {"a.b": 1}
                }
                """));
  }

  @Test
  void returnsAnEqualRecord() {
    assertThat(codec.decode(codec.encode(parcel), Parcel.class, "x")).isEqualTo(parcel);
  }

  @Test
  void readsWhatANewerReleaseStored() {
    String newer = codec.encode(parcel).replaceFirst("\\{", "{\"colour\":{\"red\":1},");

    assertThat(codec.decode(newer, Parcel.class, "x")).isEqualTo(parcel);
  }

  @Test
  void readsWhatAnOlderReleaseStored() {
    String older = "{\"to\":\"Zoë\",\"at\":\"2026-11-21T09:00:00.000000001Z\"}";

    assertThat(codec.decode(older, Parcel.class, "x"))
        .isEqualTo(new Parcel(parcel.to(), null, parcel.at(), 0, false, List.of(), Map.of()));
  }

  @Test
  void namesThePlaceAndNeverTheValueOfWhatCannotBeRead() {
    String broken = "{\"to\":\"Zoë\",\"weight\":\"secret@example.com\"}";

    assertThatIllegalStateException()
        .isThrownBy(() -> codec.decode(broken, Parcel.class, "tenants/main/x"))
        .withMessageContaining("tenants/main/x")
        .withMessageContaining("weight")
        .withMessageNotContaining("secret")
        .withNoCause();
  }
}
