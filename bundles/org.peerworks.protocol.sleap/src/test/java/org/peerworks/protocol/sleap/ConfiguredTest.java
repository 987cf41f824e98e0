package org.peerworks.protocol.sleap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.lib.account.Places;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.worker.WorkerLimits;

final class ConfiguredTest {

  private static final String SECRET = Base64.getUrlEncoder().encodeToString(new byte[32]);

  @TempDir private Path keys;

  /** The defaults, but for what is given. */
  private static SleapConfig config(Map<String, Object> values) {
    return (SleapConfig)
        Proxy.newProxyInstance(
            SleapConfig.class.getClassLoader(),
            new Class<?>[] {SleapConfig.class},
            (proxy, method, arguments) ->
                method.getName().equals("annotationType")
                    ? (Class<? extends Annotation>) SleapConfig.class
                    : values.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  @Test
  void theDefaultsAreGood() {
    SleapConfig config = config(Map.of());

    assertThat(Configured.limits(config).keepAlive()).isEqualTo(Duration.ofSeconds(15));
    assertThat(Configured.limits(config).auth()).isEqualTo(Duration.ofSeconds(10));
    assertThat(Configured.keysAge(config)).isEqualTo(Duration.ofSeconds(300));
    assertThat(Configured.secret(config, keys)).isEmpty();
    assertThat(config.requireAuthentication()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "maxClients, 1, 10000",
    "maxPeerChannels, 1, 64",
    "maxJobs, 1, 1000",
    "maxMessageKilobytes, 64, 4096",
    "messagesPerSecond, 5, 100000",
    "maxFileMegabytes, 1, 2147483647",
    "maxUploads, 1, 1000",
    "diskReserveMegabytes, 0, 2147483647",
    "stallSeconds, 5, 86400",
    "idleSeconds, 30, 86400",
    "keepAliveSeconds, 1, 86400",
    "authSeconds, 1, 86400",
    "redrawsPerSecond, 1, 100",
    "cachedFiles, 0, 1000000"
  })
  void eachLimitHasItsRange(String name, int least, int most) {
    Configured.limits(config(Map.of(name, least)));
    Configured.limits(config(Map.of(name, most)));
    assertRefused(name, least - 1);
    if (most < Integer.MAX_VALUE) {
      assertRefused(name, most + 1);
    }
  }

  @Test
  void eachKeyIsTheLimitOfItsName() {
    Map<String, Object> keys = new HashMap<>();
    String[] names = {
      "maxClients", "maxPeerChannels", "maxJobs", "maxMessageKilobytes", "messagesPerSecond",
      "maxFileMegabytes", "maxUploads", "diskReserveMegabytes", "stallSeconds", "idleSeconds",
      "keepAliveSeconds", "authSeconds", "redrawsPerSecond", "cachedFiles"
    };
    for (int i = 0; i < names.length; i++) {
      keys.put(names[i], 11 + i);
    }
    keys.put("maxMessageKilobytes", 64);
    keys.put("idleSeconds", 30);

    assertThat(Configured.limits(config(keys)))
        .isEqualTo(
            new WorkerLimits(
                11,
                12,
                13,
                64 << 10,
                15,
                16L << 20,
                17,
                18L << 20,
                Duration.ofSeconds(19),
                Duration.ofSeconds(30),
                Duration.ofSeconds(21),
                Duration.ofSeconds(22),
                23,
                24));
  }

  private static void assertRefused(String name, int value) {
    assertThatThrownBy(() -> Configured.limits(config(Map.of(name, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + name + "' in org.peerworks.protocol.sleap.cfg must be from")
        .hasMessageEndingWith("but is " + value + ".");
  }

  @Test
  void theAgeOfKeysHasItsRange() {
    assertThatThrownBy(() -> Configured.keysAge(config(Map.of("keysSeconds", 0))))
        .hasMessageContaining("'keysSeconds'");
  }

  @Test
  void aSecretThatIsGivenItselfNeedsNoFile() throws Exception {
    String secret = "AAECAwQFBgcICQoLDA0ODw";
    assertThat(Configured.secret(config(Map.of("roomSecret", secret)), keys)).isPresent();
    assertThatThrownBy(() -> Configured.secret(config(Map.of("roomSecret", "c2hvcnQ")), keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--room-secret")
        .hasMessageNotContaining("c2hvcnQ");
  }

  @Test
  void theSecretIsReadFromItsFile() throws IOException {
    write("sleap-room-secret", SECRET + "\n", "rw-------");
    write("other", SECRET.replace("=", ""), "r--------");

    assertThat(Configured.secret(config(Map.of()), keys)).isPresent();
    assertThat(Configured.secret(config(Map.of("roomSecretFile", "other")), keys)).isPresent();
    assertThat(
            Configured.secret(
                config(Map.of("roomSecretFile", keys.resolve("other").toString())), keys))
        .isPresent();
  }

  @Test
  void aSecretThatOthersCanReadOrThatIsNoneIsRefusedWithoutRepeatingIt() throws IOException {
    write("open", SECRET, "rw-r-----");
    write("text", "not a secret!", "rw-------");
    write("short", "c2hvcnQ", "rw-------");
    write("long", "A".repeat(5000), "rw-------");

    assertRefused("open", "chmod 600");
    assertRefused("text", "must be base64url text");
    assertRefused("short", "must stand for 16 bytes or more, but has 5");
    assertRefused("long", "too long");
    assertRefused("missing", "Correct 'roomSecretFile'");
  }

  @Test
  void withoutAFileOfItsOwnTheSecretIsWhereSleapRtcKeepsIt() throws IOException {
    Path folder = Files.createDirectories(keys.resolve(".sleap-rtc/room-secrets"));
    Places places = new Places(keys, keys, Map.of());
    Optional<SecretVerifier> own = Optional.of(new SecretVerifier(SECRET));
    assertThat(Configured.secrets(Optional.empty(), places).apply("room1")).isEmpty();

    Files.writeString(folder.resolve("default"), SECRET);
    assertThat(Configured.secrets(Optional.empty(), places).apply("room1")).isPresent();
    Files.writeString(folder.resolve("room1"), "no secret!");
    assertThatThrownBy(() -> Configured.secrets(Optional.empty(), places).apply("room1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("no secret!");
    assertThat(Configured.secrets(own, places).apply("room1")).contains(own.get());
    Places variable = new Places(keys, keys, Map.of("SLEAP_ROOM_SECRET", SECRET));
    assertThat(Configured.secrets(Optional.empty(), variable).apply("room1")).isPresent();
  }

  private void assertRefused(String file, String why) {
    assertThatThrownBy(() -> Configured.secret(config(Map.of("roomSecretFile", file)), keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("not a secret")
        .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("Illegal base64"));
  }

  private void write(String name, String content, String mode) throws IOException {
    Files.writeString(keys.resolve(name), content);
    Files.setPosixFilePermissions(keys.resolve(name), PosixFilePermissions.fromString(mode));
  }
}
