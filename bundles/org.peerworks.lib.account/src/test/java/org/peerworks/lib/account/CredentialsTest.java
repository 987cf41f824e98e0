package org.peerworks.lib.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.account.Credentials.RoomToken;
import org.peerworks.lib.account.Credentials.User;

final class CredentialsTest {

  private static final String EXAMPLE =
      """
      {"jwt": "ey.J.x", "user": {"id": 17, "username": "anna", "avatar_url": "http://a"},
       "account_key": "slp_acct_1", "default_room": "r1", "future": {"kept": [1, 2]},
       "tokens": {"r1": {"api_key": "slp_t", "worker_name": "gpu", "more": true}},
       "room_secrets": {"r1": "c2VjcmV0"}, "public_key_registered": true,
       "private_key": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}
      """;

  @TempDir Path home;
  private Places places;
  private CredentialStore store;

  @BeforeEach
  void makeStore() {
    places = new Places(home, home, Map.of());
    store = new CredentialStore(places);
  }

  private void given(String text) throws IOException {
    Files.createDirectories(places.folder());
    Files.writeString(places.credentials(), text);
  }

  @Test
  void whatSleapRtcWroteIsRead() throws IOException {
    given(EXAMPLE);

    Credentials credentials = store.read();

    assertThat(credentials.jwt()).contains("ey.J.x");
    assertThat(credentials.user()).contains(new User("17", "anna"));
    assertThat(credentials.accountKey()).contains("slp_acct_1");
    assertThat(credentials.defaultRoom()).contains("r1");
    assertThat(credentials.tokens()).containsEntry("r1", new RoomToken("slp_t", "gpu"));
    assertThat(credentials.roomSecrets()).containsEntry("r1", "c2VjcmV0");
    assertThat(credentials.publicKeyRegistered()).isTrue();
  }

  @Test
  void whatIsNotKnownIsKeptWhenTheFileIsRewritten() throws IOException {
    given(EXAMPLE);

    store.update(credentials -> credentials.withoutLogin().withRoomSecret("r2", "YQ"));

    assertThat(Files.readString(places.credentials()))
        .contains("\"future\"")
        .contains("\"kept\"")
        .contains("\"more\" : true")
        .doesNotContain("jwt")
        .contains("\"r2\" : \"YQ\"");
    assertThat(store.read().accountKey()).contains("slp_acct_1");
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    store.update(credentials -> credentials.withLogin("j", "{\"user_id\":\"u\"}"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(places.credentials())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(places.folder())))
        .isEqualTo("rwx------");
    assertThat(store.read().user()).contains(new User("u", "u"));
    assertThat(store.exposed()).isFalse();
  }

  @Test
  void aFileThatOthersMayReadIsNoticedAndMendedByTheNextChange() throws IOException {
    given(EXAMPLE);
    Files.setPosixFilePermissions(
        places.credentials(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(store.exposed()).isTrue();

    store.update(credentials -> credentials.withDefaultRoom("r9"));

    assertThat(store.exposed()).isFalse();
  }

  @Test
  void changesAtTheSameTimeAreAllKept() throws IOException {
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              try {
                store.update(
                    credentials -> credentials.withToken("r" + i, new RoomToken("slp_" + i, "w")));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(store.read().tokens()).hasSize(40);
  }

  @Test
  void entriesAreRemovedOneByOne() throws IOException {
    given(EXAMPLE);

    Credentials fewer =
        store.update(
            c ->
                c.withoutAccountKey()
                    .withoutToken("r1")
                    .withoutRoomSecret("r1")
                    .withoutDefaultRoom());

    assertThat(fewer.accountKey()).isEmpty();
    assertThat(fewer.tokens()).isEmpty();
    assertThat(fewer.roomSecrets()).isEmpty();
    assertThat(fewer.defaultRoom()).isEmpty();
    store.clear();
    assertThat(store.read()).isEqualTo(Credentials.NONE);
  }

  @Test
  void aDamagedFileIsNamedWithoutItsSecretsAndStays() throws IOException {
    given("{\"jwt\": \"topsecret\n");

    assertThatThrownBy(() -> store.update(Credentials::withoutLogin))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining(places.credentials().toString())
        .hasMessageNotContaining("topsecret")
        .hasNoCause();
    assertThat(Files.readString(places.credentials())).isEqualTo("{\"jwt\": \"topsecret\n");

    given("[1]");
    assertThatThrownBy(store::read).hasMessageContaining("no JSON object");
    given("[".repeat(2000));
    assertThatThrownBy(store::read).isInstanceOf(BadFileException.class);
    given("{\"tokens\": 5, \"room_secrets\": {\"r\": 7}, \"jwt\": {}, \"user\": []}");
    assertThat(store.read().tokens()).isEmpty();
    assertThat(store.read().roomSecrets()).isEmpty();
    assertThat(store.read().jwt()).isEmpty();
    assertThat(store.read().user()).isEmpty();
  }

  @Test
  void secretsAreNotShown() throws IOException {
    given(EXAMPLE);

    assertThat(store.read() + " " + store.read().tokens() + " " + store.read().privateKey())
        .doesNotContain("slp_", "ey.J", "nWGxne");
  }

  @Test
  void anEd25519KeyIsThatOfItsStandard() {
    // RFC 8032 §7.1, test 1
    ChannelKey key = ChannelKey.of("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");

    assertThat(key.publicKey()).isEqualTo("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assertThat(key.sign(""))
        .isEqualTo(
            "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw");
    assertThat(ChannelKey.of(ChannelKey.generate().privateKey()).publicKey()).hasSize(43);
    assertThatThrownBy(() -> ChannelKey.of("YWJj"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> ChannelKey.of("topsecret!"))
        .hasMessageContaining("base64url")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void theSecretOfARoomIsLookedForInOrder() throws IOException {
    given("{\"room_secrets\": {\"r1\": \"ZmlsZQ\", \"default\": \"ZGVm\"}}");
    assertThat(secret(places, null, "r1")).contains("ZmlsZQ");
    assertThat(secret(places, null, null)).contains("ZGVm");
    assertThat(secret(places, null, "r2")).isEmpty();

    Path folder = Files.createDirectories(places.folder().resolve("room-secrets"));
    Files.writeString(folder.resolve("r1"), "Zm9sZGVy\n");
    assertThat(secret(places, null, "r1")).contains("Zm9sZGVy");
    assertThat(secret(places, null, "../room-secrets/r1")).isEmpty();

    Path shared = Files.createDirectories(home.resolve("shared"));
    Files.writeString(shared.resolve("r1"), "c2hhcmVk");
    Places withPath = new Places(home, home, Map.of("SLEAP_SECRET_PATH", "~/shared"));
    assertThat(secret(withPath, null, "r1")).contains("c2hhcmVk");

    Places withVariable = new Places(home, home, Map.of("SLEAP_ROOM_SECRET", "dmFy"));
    assertThat(secret(withVariable, null, "r1")).contains("dmFy");
    assertThat(secret(withVariable, "b3B0", "r1")).contains("b3B0");
  }

  private static Optional<String> secret(Places places, String option, String room)
      throws IOException {
    return RoomSecret.find(places, Optional.ofNullable(option), Optional.ofNullable(room))
        .map(RoomSecret::text);
  }

  @Test
  void aSecretThatIsNoneIsNamedByItsSource() {
    Places withVariable = new Places(home, home, Map.of("SLEAP_ROOM_SECRET", "no secret!"));

    assertThatThrownBy(() -> secret(withVariable, null, "r1"))
        .hasMessageContaining("SLEAP_ROOM_SECRET")
        .hasMessageNotContaining("no secret!");
    assertThatThrownBy(() -> secret(places, "===", "r1")).hasMessageContaining("--room-secret");
  }
}
