package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

final class RefusalsTest {

  @TempDir Path top;

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/m/x"), Code.ACCESS_DENIED),
        Arguments.of(
            new DirectoryIteratorException(new AccessDeniedException("/m/x")), Code.ACCESS_DENIED),
        Arguments.of(new NoSuchFileException("/m/x"), Code.PATH_NOT_FOUND),
        Arguments.of(new NotDirectoryException("/m/x"), Code.PATH_NOT_FOUND),
        Arguments.of(new NotLinkException("/m/x"), Code.PATH_NOT_FOUND),
        Arguments.of(
            new FileSystemException("/m/x", null, "No space left on device"), Code.NO_SPACE),
        Arguments.of(new IOException("No space left on device"), Code.NO_SPACE),
        Arguments.of(new FileSystemException("/m/x", null, "Disk quota exceeded"), Code.NO_SPACE),
        Arguments.of(
            new FileSystemException("/m/x", null, "Read-only file system"), Code.ACCESS_DENIED),
        Arguments.of(
            new FileSystemException("/m/x", null, "Too many levels of symbolic links"),
            Code.ACCESS_DENIED),
        Arguments.of(new InvalidPathException("x", "unmappable"), Code.INVALID_REQUEST),
        Arguments.of(
            new FileSystemException("/m/x", null, "Transport endpoint is not connected"),
            Code.UNAVAILABLE),
        Arguments.of(new IllegalStateException("a defect"), Code.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void eachFailureOfADiskHasItsCode(Exception failure, Code code) {
    FileAccessException refusal = Refusals.of(failure);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.getMessage()).doesNotContain("/m/x").endsWith(".");
  }

  @Test
  void whatTheWorkersUserMayNotReadIsSkippedAndCounted() throws IOException {
    try (TestFiles files = new TestFiles(top)) {
      TestFiles.file(files.lab.resolve("open/fly.slp"), "x");
      Path closed = TestFiles.file(files.lab.resolve("closed/fly.slp"), "x").getParent();
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
      try {
        Assumptions.assumeFalse(
            Files.isReadable(closed), "Wants another user than root, who may read everything");
        SearchOutcome outcome =
            TestFiles.get(
                files.resolver.resolve(SearchRequest.of("fly.slp"), SearchListener.NONE).outcome());
        assertThat(outcome.candidates()).hasSize(1);
        assertThat(outcome.skipped()).isEqualTo(1);
        assertThatThrownBy(() -> TestFiles.get(files.resolver.list(closed.toString(), 0, 20)))
            .isInstanceOfSatisfying(
                FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.ACCESS_DENIED));
      } finally {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }
}
