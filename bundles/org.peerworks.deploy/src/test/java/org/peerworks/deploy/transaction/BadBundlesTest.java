package org.peerworks.deploy.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.deploy.Signing;
import org.peerworks.deploy.TestBundle;
import org.peerworks.deploy.TestFramework;
import org.peerworks.deploy.fixture.Fine;
import org.peerworks.deploy.fixture.Hangs;
import org.peerworks.deploy.fixture.Leaks;
import org.peerworks.deploy.fixture.Needs;
import org.peerworks.deploy.fixture.Throws;
import org.peerworks.deploy.transaction.Outcome.Result;

/** Bad bundles are refused or rolled back, and the reason is told; the good one stays. */
class BadBundlesTest {

  @TempDir Path directory;

  private TestFramework framework;

  @BeforeEach
  void start() throws Exception {
    start(Map.of());
    install(jar(TestBundle.of("fine", "1.0.0").delayed(Fine.class)));
  }

  private void start(Map<String, Object> config) throws Exception {
    framework = TestFramework.start(directory.resolve("data"), "", TestFramework.config(config));
  }

  @AfterEach
  void stop() throws Exception {
    System.setProperty(Hangs.END, "true");
    framework.close();
    System.clearProperty(Hangs.END);
  }

  /** With deadlines that a test can wait for, and a busy machine may miss without a fault. */
  private void restartImpatient() throws Exception {
    framework.close();
    start(Map.of("callSeconds", 1, "healthSeconds", 1));
  }

  private Outcome install(Path jar) {
    return framework.deployer().install(jar.toString(), Optional.empty(), "test", false);
  }

  private Path jar(TestBundle bundle) throws Exception {
    return bundle.write(Files.createTempFile(directory, "bundle", ".jar"));
  }

  private void isRefused(Path jar, String reason) {
    is(jar, Result.REFUSED, reason);
  }

  private void isRolledBack(Path jar, String reason) {
    is(jar, Result.ROLLED_BACK, reason);
  }

  private void is(Path jar, Result result, String reason) {
    Outcome outcome = install(jar);
    assertThat(outcome.reason()).containsPattern(reason);
    assertThat(outcome.result()).isEqualTo(result);
    assertThat(framework.runs("fine")).isEqualTo("1.0.0");
    assertThat(framework.deployer().deployed().bundles()).hasSize(1);
    assertThat(framework.deployer().journal())
        .last()
        .satisfies(entry -> assertThat(entry.reason()).isEqualTo(outcome.reason()));
  }

  @Test
  void aTruncatedJar() throws Exception {
    Path jar = jar(TestBundle.of("fine", "2.0.0").delayed(Fine.class));
    byte[] whole = Files.readAllBytes(jar);
    for (int bytes : new int[] {0, 1, whole.length / 2, whole.length - 30, whole.length - 1}) {
      Files.write(jar, Arrays.copyOf(whole, bytes));
      isRefused(jar, "is no whole jar");
    }
  }

  @Test
  void aJarWithADamagedByte() throws Exception {
    Path jar = jar(TestBundle.of("fine", "2.0.0").entry("data.txt", new byte[10_000]));
    byte[] content = Files.readAllBytes(jar);
    content[content.length / 2] ^= 1;
    Files.write(jar, content);
    assertThat(install(jar).result()).isEqualTo(Result.REFUSED);
    assertThat(framework.runs("fine")).isEqualTo("1.0.0");
  }

  @Test
  void aJarThatIsNoBundle() throws Exception {
    Path jar = Files.write(directory.resolve("text.jar"), "no jar".getBytes());
    isRefused(jar, "is no whole jar");
    isRefused(jar(TestBundle.of("a name", "1.0.0")), "'Bundle-SymbolicName' of letters.*'a name'");
    isRefused(jar(TestBundle.of("fine", "one")), "needs a 'Bundle-Version'.*'one'");
  }

  @Test
  void aJarThatIsTooLargeOrHasTooMuchInIt() throws Exception {
    framework.close();
    start(Map.of("maxMegabytes", 1, "maxUnpackedMegabytes", 2, "maxEntries", 50));
    byte[] noise = new byte[2 << 20];
    new java.util.Random(1).nextBytes(noise);
    Path large = jar(TestBundle.of("large", "1.0.0").entry("noise", noise));
    assertThat(install(large).reason()).contains("maxMegabytes");
    Path bomb = jar(TestBundle.of("bomb", "1.0.0").entry("zeros", new byte[3 << 20]));
    assertThat(install(bomb).reason()).contains("maxUnpackedMegabytes");
    TestBundle many = TestBundle.of("many", "1.0.0");
    for (int i = 0; i < 60; i++) {
      many.entry("entry" + i, new byte[0]);
    }
    assertThat(install(jar(many)).reason()).contains("maxEntries");
  }

  @Test
  void aJarThatNobodyTrustedSignedOrThatWasChangedSince() throws Exception {
    framework.close();
    start(Map.of("signatures", "require"));
    Path trusted = directory.resolve("data/keys/trusted");
    Path unsigned = jar(TestBundle.of("new", "1.0.0").delayed(Fine.class));
    assertThat(install(unsigned).reason()).contains("is not signed as a whole").contains("keys");
    Signing stranger = Signing.key(directory, "Stranger");
    Signing friend = Signing.key(directory, "Friend");
    friend.trust(trusted);
    assertThat(install(stranger.sign(unsigned)).reason())
        .contains("is signed by 'CN=Stranger', who is not trusted");
    Path tampered = friend.sign(unsigned);
    try (FileSystem zip = FileSystems.newFileSystem(tampered)) {
      Files.write(zip.getPath("OSGI-INF/Fine.xml"), "<changed/>".getBytes());
    }
    assertThat(install(tampered).reason()).contains("was changed after it had been signed");
    Path more = friend.sign(unsigned);
    try (FileSystem zip = FileSystems.newFileSystem(more)) {
      Files.write(zip.getPath("more.txt"), "more".getBytes());
    }
    assertThat(install(more).reason()).contains("nobody signed its entry 'more.txt'");
    Outcome good = install(friend.sign(unsigned));
    assertThat(good.reason()).isEmpty();
    assertThat(framework.deployer().deployed().named("new").get(0).signer()).isEqualTo("CN=Friend");
  }

  @Test
  void aComponentThatThrows() throws Exception {
    isRolledBack(
        jar(TestBundle.of("fine", "2.0.0").delayed(Throws.class)),
        "component 'Throws' of fine 2.0.0 failed: .*The licence has expired");
    isRolledBack(
        jar(TestBundle.of("fine", "2.0.0").immediate(Throws.class)),
        "component 'Throws' of fine 2.0.0 failed: .*The licence has expired");
  }

  @Test
  @Tag("long")
  void aComponentThatHangsAndDoesNotListen() throws Exception {
    restartImpatient();
    isRolledBack(
        jar(TestBundle.of("fine", "2.0.0").delayed(Hangs.class)),
        "'activation of 'Hangs'' did not end within 1 s; it stood at .*Hangs.*lives until the"
            + " worker ends");
    assertThat(install(jar(TestBundle.of("next", "1.0.0"))).reason()).isEmpty();
  }

  @Test
  @Tag("long") // a whole worker shows it, too
  void aStartThatHangs() throws Exception {
    restartImpatient();
    isRolledBack(
        jar(TestBundle.of("fine", "2.0.0").immediate(Hangs.class)),
        "'start of fine 2.0.0' did not end within 1 s; it stood at .*Hangs");
    assertThat(install(jar(TestBundle.of("next", "1.0.0"))).reason()).isEmpty();
  }

  @Test
  void aComponentThatIsNeverWell() throws Exception {
    restartImpatient();
    isRolledBack(
        jar(
            TestBundle.of("fine", "2.0.0")
                .component(
                    Needs.class,
                    true,
                    "<reference name=\"order\" interface=\"java.util.Comparator\""
                        + " bind=\"bind\"/>")),
        "component 'Needs' of fine 2.0.0 waits for a service 'java.util.Comparator' \\(its"
            + " reference 'order'\\), which no component offers");
  }

  @Test
  void aComponentThatLeavesAThread() throws Exception {
    isRolledBack(
        jar(TestBundle.of("fine", "2.0.0").immediate(Leaks.class)),
        "leaves 1 thread behind: 'heartbeat-of-nobody'");
  }
}
