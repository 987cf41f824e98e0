package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.auth.KeyVerifier;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.auth.Verifier;

/** Channel authentication (sleap-rtc wire format §2.5), and the ways around it (§6, S1–S3). */
final class AuthTest {

  private static final SecretVerifier SECRET =
      new SecretVerifier(Base64.getUrlEncoder().encodeToString(new byte[32]));
  private static final String JOB = "FILE_META::p.zip:1:false";

  @TempDir private Path directory;

  private static Authentication by(Verifier verifier) {
    return () -> new Authentication.Mode(true, Optional.of(verifier));
  }

  private Worker worker(Authentication authentication) {
    return new Worker(directory, Worker.LIMITS, authentication);
  }

  private static WorkerLimits impatient() {
    return new WorkerLimits(
        16,
        4,
        4,
        1 << 20,
        1000,
        1 << 20,
        2,
        0,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ofMillis(300),
        2,
        100);
  }

  private static String nonce(TestClient client) {
    return client.await("AUTH_CHALLENGE::").substring("AUTH_CHALLENGE::".length());
  }

  private static void run(TestClient client) {
    client.say(JOB).bytes("x").say("END_OF_FILE");
  }

  @Test
  void theSecretLetsAClientIn() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect();
      String nonce = nonce(client);
      assertThat(nonce).matches("[A-Za-z0-9_-]{43}");

      client.say("AUTH_RESPONSE::" + SECRET.response(nonce));
      client.await("AUTH_SUCCESS");
      run(client);

      assertThat(worker.jobs.await(1).owner.id()).startsWith("sleap-rtc:");
    }
  }

  @Test
  void theResponseIsTheOneOfTheFormat() {
    // Computed with Python: base64url(hmac.new(bytes(32), bytes(range(32)), sha256).digest())
    String nonce = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    assertThat(SECRET.response(nonce)).isEqualTo(EXPECTED);
  }

  private static final String EXPECTED = "Rr0yBgXFprYWOrcLxjRbkqX5COef5Yl5wj67R9Gl4wc";

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "=", "AAAA", "\u00e4", "missing ", "missing"})
  void aWrongAnswerEndsTheChannel(String answer) {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect();
      nonce(client);

      client.say("AUTH_RESPONSE::" + answer);

      client.await("AUTH_FAILURE::" + (answer.startsWith("missing") ? "missing" : "invalid"));
      client.awaitClosed();
      run(client);
      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void whatIsSaidBeforeTheProofIsHandledInItsTurnAfterIt() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect();
      String nonce = nonce(client);

      client.say("PACKAGE_TYPE::track");
      assertThat(client.heard()).hasSize(1);
      client.say("AUTH_RESPONSE::" + SECRET.response(nonce));
      client.await("AUTH_SUCCESS");
      run(client);

      assertThat(worker.jobs.await(1).request.type()).isEqualTo("track");
    }
  }

  @Test
  void aJobThatCameBeforeTheChallengeWasAnsweredIsTakenAfterIt() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect();
      String nonce = nonce(client);

      client.say("JOB_SUBMIT::1::{\"type\":\"track\"}");
      client.say("AUTH_RESPONSE::" + SECRET.response(nonce));

      client.await("AUTH_SUCCESS");
      assertThat(client.await("JOB_REJECTED::1::")).contains("data_path");
      assertThat(client.heard().indexOf("AUTH_SUCCESS")).isEqualTo(1);
    }
  }

  @Test
  void whatIsSaidBeforeAWrongAnswerIsNeverHandled() throws Exception {
    try (Worker worker = worker(by(SECRET)).withMounts(directory.resolve("m"))) {
      TestClient client = worker.connect();
      nonce(client);

      run(client);
      client.say("JOB_SUBMIT::1::{\"type\":\"track\",\"data_path\":\".\"}").say("FS_GET_INFO");
      client.say("AUTH_RESPONSE::AAAA");

      client.await("AUTH_FAILURE::invalid");
      client.awaitClosed();
      assertThat(worker.jobs.all).isEmpty();
      assertThat(client.heard()).hasSize(2);
    }
  }

  @Test
  void anotherChannelOfTheSamePeerAndLabelProvesItselfAgain() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient first = worker.connect(new TestClient("same", "my-data-channel"));
      first.say("AUTH_RESPONSE::" + SECRET.response(nonce(first)));
      first.await("AUTH_SUCCESS");

      TestClient second = worker.connect(new TestClient("same", "my-data-channel"));
      nonce(second);
      run(second);
      first.leave();
      TestClient third = worker.connect(new TestClient("same", "my-data-channel"));
      nonce(third);
      run(third);

      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void anAnswerCannotBePlayedAgain() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient first = worker.connect();
      String answer = "AUTH_RESPONSE::" + SECRET.response(nonce(first));
      first.say(answer);
      first.await("AUTH_SUCCESS");

      TestClient second = worker.connect();
      assertThat(nonce(second)).isNotEqualTo(nonce(first));
      second.say(answer);

      second.await("AUTH_FAILURE::invalid");
    }
  }

  @Test
  void aClientHasOneTry() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect();
      String nonce = nonce(client);

      client.say("AUTH_RESPONSE::wrong").say("AUTH_RESPONSE::" + SECRET.response(nonce));
      run(client);

      client.awaitClosed();
      assertThat(client.heard()).doesNotContain("AUTH_SUCCESS");
      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-data-channel", "browse", "pathcheck", "training", "inference"})
  void theLabelChangesNothing(String label) {
    try (Worker worker = worker(by(SECRET))) {
      TestClient client = worker.connect(new TestClient("c", label));

      nonce(client);
      run(client);

      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void silenceEndsTheChannel() {
    try (Worker worker = new Worker(directory, impatient(), by(SECRET))) {
      TestClient client = worker.connect();
      nonce(client);

      client.await("AUTH_FAILURE::timeout");
      client.awaitClosed();
    }
  }

  @Test
  void aFloodBeforeTheProofEndsTheChannel() {
    try (Worker worker = worker(by(SECRET))) {
      TestClient texts = worker.connect();
      nonce(texts);
      for (int i = 0; i < 40; i++) {
        texts.say("FS_GET_INFO");
      }
      texts.awaitClosed();
      TestClient bytes = worker.connect();
      nonce(bytes);
      for (int i = 0; i < 40; i++) {
        bytes.bytes("x");
      }
      bytes.awaitClosed();
      TestClient longText = worker.connect();
      nonce(longText);
      longText.say("AUTH_RESPONSE::" + "a".repeat(5000));
      longText.awaitClosed();
    }
  }

  @Test
  void whereNothingCanBeProvenAndAProofIsDemandedNobodyComesIn() {
    try (Worker worker = worker(() -> new Authentication.Mode(true, Optional.empty()))) {
      TestClient client = worker.connect();

      client.await("AUTH_FAILURE::missing");
      client.awaitClosed();
      run(client);
      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void anAuthorizedKeyLetsAClientInUnderItsIdentity() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    List<byte[]> keys = List.of(raw(other), new byte[32], new byte[5], raw(pair));
    try (Worker worker =
        worker(by(new KeyVerifier(() -> CompletableFuture.completedFuture(keys))))) {
      TestClient client = worker.connect();

      client.say("AUTH_RESPONSE::" + sign(pair, nonce(client)));
      client.await("AUTH_SUCCESS");
      run(client);

      assertThat(worker.jobs.await(1).owner.id()).matches("ed25519:[0-9a-f]{64}");
    }
  }

  @Test
  void anotherKeyDoesNot() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    List<byte[]> keys = List.of(raw(pair));
    try (Worker worker =
        worker(by(new KeyVerifier(() -> CompletableFuture.completedFuture(keys))))) {
      TestClient client = worker.connect();
      client.say("AUTH_RESPONSE::" + sign(stranger, nonce(client)));
      client.await("AUTH_FAILURE::invalid");

      TestClient bytes = worker.connect();
      bytes.say("AUTH_RESPONSE::" + sign(pair, Base64.getUrlDecoder().decode(nonce(bytes))));
      bytes.await("AUTH_FAILURE::invalid");

      run(client);
      run(bytes);
      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void aWeakKeyProvesNothing() {
    byte[] identity = new byte[32];
    identity[0] = 1;
    byte[] signature = new byte[64];
    signature[0] = 1;
    try (Worker worker =
        worker(by(new KeyVerifier(() -> CompletableFuture.completedFuture(List.of(identity)))))) {
      TestClient client = worker.connect();
      nonce(client);
      client.say("AUTH_RESPONSE::" + Base64.getUrlEncoder().encodeToString(signature));

      client.await("AUTH_FAILURE::invalid");
    }
  }

  @Test
  void aServerThatDoesNotTellTheKeysLetsNobodyIn() {
    try (Worker failing =
            worker(
                by(
                    new KeyVerifier(
                        () -> CompletableFuture.failedFuture(new IllegalStateException("away")))));
        Worker silent =
            new Worker(
                directory.resolve("2"), impatient(), by(new KeyVerifier(CompletableFuture::new)))) {
      TestClient one = failing.connect();
      nonce(one);
      one.say("AUTH_RESPONSE::AAAA");
      one.await("AUTH_FAILURE::invalid");
      TestClient two = silent.connect();
      nonce(two);
      two.say("AUTH_RESPONSE::AAAA");
      two.await("AUTH_FAILURE::timeout");
      two.awaitClosed();
    }
  }

  @Test
  void keysThatComeTooLateOpenNothing() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    CompletableFuture<List<byte[]>> late = new CompletableFuture<>();
    try (Worker worker = new Worker(directory, impatient(), by(new KeyVerifier(() -> late)))) {
      TestClient client = worker.connect();
      client.say("AUTH_RESPONSE::" + sign(pair, nonce(client)));
      client.await("AUTH_FAILURE::timeout");

      late.complete(List.of(raw(pair)));
      run(client);

      await().until(() -> worker.served() == 0);
      assertThat(client.heard()).doesNotContain("AUTH_SUCCESS");
      assertThat(worker.jobs.all).isEmpty();
    }
  }

  @Test
  void withoutAuthenticationAClientIsServedAtOnceAndMayAnswerWhatNobodyAsked() {
    try (Worker worker = worker(Authentication.NONE)) {
      TestClient client = worker.connect();

      client.say("AUTH_RESPONSE::missing");
      run(client);

      worker.jobs.await(1);
      assertThat(client.heard()).isEmpty();
    }
  }

  private static byte[] raw(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static String sign(KeyPair pair, String nonce) throws GeneralSecurityException {
    return sign(pair, nonce.getBytes(StandardCharsets.US_ASCII));
  }

  private static String sign(KeyPair pair, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(message);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }
}
