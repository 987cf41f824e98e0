package org.peerworks.deploy.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.peerworks.deploy.TestBundle;
import org.peerworks.deploy.TestFramework;
import org.peerworks.deploy.fixture.Fine;
import org.peerworks.deploy.fixture.Throws;
import org.peerworks.deploy.transaction.Outcome.Result;
import org.peerworks.lib.files.Hashes;

/** Features are installed as a whole or not at all, also from a web server. */
class FeatureTest {

  @TempDir Path directory;

  private TestFramework framework;

  @BeforeEach
  void start() throws Exception {
    framework =
        TestFramework.start(
            directory.resolve("data"),
            "",
            TestFramework.config(Map.of("signatures", "off", "healthSeconds", 2)));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private String bundle(TestBundle bundle, String name, String version) throws IOException {
    Path jar = bundle.write(directory.resolve("feature/" + name + "-" + version + ".jar"));
    return "{\"id\": \"com.example:%s:%s\", \"sha256\": \"%s\"}"
        .formatted(name, version, Hashes.sha256(jar));
  }

  private Path feature(String version, String greeting, String... bundles) throws IOException {
    return Files.writeString(
        directory.resolve("feature/feature.json"),
        """
        {"feature-resource-version": "1.0", "id": "com.example:pair:%s", "bundles": [%s],
         "configurations": {"com.example.pair": {"greeting": "%s"}}}
        """
            .formatted(version, String.join(",", bundles), greeting));
  }

  private String library(String version) throws IOException {
    return bundle(
        TestBundle.of("library", version)
            .header("Export-Package", "com.example.lib;version=\"" + version + "\"")
            .entry("com/example/lib/x", new byte[] {1}),
        "library",
        version);
  }

  private String user(String version, Class<?> code) throws IOException {
    return bundle(
        TestBundle.of("user", version)
            .header("Import-Package", "com.example.lib;version=\"" + version + "\"")
            .delayed(code),
        "user",
        version);
  }

  private Object greeting() throws Exception {
    ConfigurationAdmin admin =
        framework
            .context()
            .getService(framework.context().getServiceReference(ConfigurationAdmin.class));
    Configuration[] found = admin.listConfigurations("(service.pid=com.example.pair)");
    return found == null ? null : found[0].getProperties().get("greeting");
  }

  @Test
  void aFeatureIsInstalledUpdatedAndRemovedAsAWhole() throws Exception {
    // The order in the file does not matter.
    Path file = feature("1.0.0", "hello", user("1.0.0", Fine.class), library("1.0.0"));
    Outcome outcome = framework.deployer().feature(file.toString(), false, "test", false);
    assertThat(outcome.reason()).isEmpty();
    assertThat(framework.runs("user")).isEqualTo("1.0.0");
    assertThat(greeting()).isEqualTo("hello");
    assertThat(framework.deployer().remove("user", "test", false).reason())
        .contains("belongs to the feature 'com.example:pair:1.0.0'");

    feature("1.1.0", "bad", library("1.1.0"), user("1.1.0", Throws.class));
    Outcome bad = framework.deployer().feature(file.toString(), true, "test", false);
    assertThat(bad.result()).isEqualTo(Result.ROLLED_BACK);
    assertThat(bad.reason()).contains("component 'Throws' of user 1.1.0 failed");
    assertThat(framework.runs("user")).isEqualTo("1.0.0");
    assertThat(framework.runs("library")).isEqualTo("1.0.0");
    assertThat(greeting()).isEqualTo("hello");

    feature("1.2.0", "good day", library("1.2.0"), user("1.2.0", Fine.class));
    assertThat(framework.deployer().feature(file.toString(), true, "test", false).reason())
        .isEmpty();
    assertThat(framework.runs("user")).isEqualTo("1.2.0");
    assertThat(greeting()).isEqualTo("good day");

    framework.deployer().removeFeature("com.example:pair", "test", false);
    assertThat(framework.bundle("user")).isEmpty();
    assertThat(framework.bundle("library")).isEmpty();
    assertThat(greeting()).isNull();
  }

  @Test
  void aFeatureWithABundleThatIsNotThePinnedOneIsRefusedAsAWhole() throws Exception {
    String library = library("1.0.0");
    Path file = feature("1.0.0", "hello", library, user("1.0.0", Fine.class));
    TestBundle.of("user", "1.0.0").write(directory.resolve("feature/user-1.0.0.jar"));
    Outcome outcome = framework.deployer().feature(file.toString(), false, "test", false);
    assertThat(outcome.reason()).contains("is not the file that was meant");
    assertThat(framework.bundle("library")).isEmpty();
    assertThat(greeting()).isNull();
  }

  @Test
  void bundlesAndFeaturesComeFromAWebServerToo() throws Exception {
    feature("1.0.0", "hello", library("1.0.0"), user("1.0.0", Fine.class));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = directory.resolve("feature" + exchange.getRequestURI().getPath());
          boolean there = Files.isRegularFile(file);
          exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
          if (there) {
            Files.copy(file, exchange.getResponseBody());
          }
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      assertThat(framework.deployer().feature(base + "feature.json", false, "test", false).reason())
          .isEmpty();
      assertThat(framework.runs("user")).isEqualTo("1.0.0");
      assertThat(
              framework
                  .deployer()
                  .install(base + "gone.jar", Optional.empty(), "test", false)
                  .reason())
          .contains("HTTP status 404");
    } finally {
      server.stop(0);
    }
  }
}
