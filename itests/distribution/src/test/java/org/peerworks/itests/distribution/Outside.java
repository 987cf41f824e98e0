package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else's desk: a Maven whose local repository has of ours only what the plugin kit brings.
 * All else is what this machine has got from Maven Central.
 */
final class Outside {

  private final Path directory;
  private final Path repository;
  private final String version;

  Outside(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    this.repository = Files.createDirectories(directory.resolve("repository"));
    Path shared = Path.of(System.getProperty("localRepository"));
    link(shared, repository, "org");
    link(shared.resolve("org"), Files.createDirectories(repository.resolve("org")), "peerworks");
    Path kit = kit();
    version =
        kit.getFileName().toString().replaceAll("^peerworks-plugin-kit-(.*)\\.tar\\.gz$", "$1");
    run(directory, List.of("tar", "-xzf", kit.toString(), "-C", repository.toString()));
  }

  /** Shows all folders but one under their own names. */
  private static void link(Path from, Path to, String without) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(from, Files::isDirectory)) {
      for (Path folder : folders) {
        if (!folder.getFileName().toString().equals(without)) {
          Files.createSymbolicLink(to.resolve(folder.getFileName()), folder);
        }
      }
    }
  }

  private static Path kit() throws IOException {
    Path target = Path.of(System.getProperty("peerworks.kit"));
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(target, "peerworks-plugin-kit-*.tar.gz")) {
      return found.iterator().next();
    }
  }

  /**
   * Starts a project from the archetype.
   *
   * @return its folder
   */
  Path generate(String name, String projectVersion) throws IOException, InterruptedException {
    maven(
        directory,
        "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate",
        "-DarchetypeCatalog=local",
        "-DarchetypeGroupId=org.peerworks",
        "-DarchetypeArtifactId=peerworks-job-type-archetype",
        "-DarchetypeVersion=" + version,
        "-DgroupId=com.acme",
        "-DartifactId=" + name,
        "-Dversion=" + projectVersion,
        "-Dpackage=" + name);
    return directory.resolve(name);
  }

  /** Runs Maven in a process of its own, and expects that it ends well. */
  void maven(Path project, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-q",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository));
    command.addAll(List.of(words));
    run(project, command);
  }

  private void run(Path where, List<String> command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(where.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    // These are over before the second compiler would pay.
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    try {
      assertThat(process.waitFor()).as("%s prints %s", command, Files.readString(output)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  /** The jar of a version that a project was built to. */
  static Path jar(Path project, String version) {
    return project.resolve("target").resolve(project.getFileName() + "-" + version + ".jar");
  }
}
