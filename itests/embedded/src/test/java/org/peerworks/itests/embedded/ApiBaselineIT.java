package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.version.Version;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A contract of the plugin BOM that is not as it was promised has a higher package version: {@code
 * baseline.txt} beside the sources of each is what was promised. {@code -Dbaseline=write} writes
 * them anew, when something is released.
 */
class ApiBaselineIT {

  private static final Path SOURCES = Path.of(System.getProperty("peerworks.sources"));
  private static final Pattern CONTRACT =
      Pattern.compile("<artifactId>(org\\.peerworks\\.[a-z.]+\\.api)</artifactId>");
  private static final String JOBS = "org.peerworks.job.api";

  @TestFactory
  Stream<DynamicTest> everyContractKeepsItsPromise() throws IOException {
    if (System.getProperty("baseline", "").equals("write")) {
      for (String contract : promised()) {
        Files.writeString(baseline(contract), ApiSignature.write(tree(contract)));
      }
    }
    return promised().stream()
        .map(contract -> DynamicTest.dynamicTest(contract, () -> requireKept(contract)));
  }

  private static void requireKept(String contract) throws Exception {
    assertThat(broken(tree(contract), ApiSignature.read(Files.readString(baseline(contract)))))
        .isEmpty();
  }

  @Test
  void aMethodThatOthersHaveToImplementIsAMajorChange() throws Exception {
    assertThat(brokenWithout("run(org.peerworks.job.api.JobContext)"))
        .singleElement()
        .asString()
        .contains(JOBS, "make it " + new Version(jobs().getMajor() + 1, 0, 0), "run(");
  }

  @Test
  void aMethodThatOnlyThePlatformImplementsIsAMinorChange() throws Exception {
    assertThat(brokenWithout("interruptStep()"))
        .singleElement()
        .asString()
        .contains(
            "make it " + new Version(jobs().getMajor(), jobs().getMinor() + 1, 0),
            "interruptStep()");
  }

  @Test
  void aContractThatIsAsItWasPromisedKeepsItsVersion() throws Exception {
    assertThat(brokenWithout("")).isEmpty();
  }

  /** The version of the contract of jobs. */
  private static Version jobs() throws IOException {
    return Version.parseVersion(ApiSignature.exports(tree(JOBS)).get(JOBS).getVersion());
  }

  /** What is said of the contract of jobs, had it been promised without a method. */
  private static List<String> brokenWithout(String method) throws Exception {
    Tree now = tree(JOBS);
    Pattern withWhatBelongsToIt =
        Pattern.compile("(?m)^ {4}METHOD .*'" + Pattern.quote(method) + "'\\n(?: {6}.*\\n)*");
    String promised = withWhatBelongsToIt.matcher(ApiSignature.write(now)).replaceAll("");
    return broken(now, ApiSignature.read(promised));
  }

  /** A sentence for each package whose version does not say that it has changed. */
  private static List<String> broken(Tree now, Tree promised) throws Exception {
    List<String> broken = new ArrayList<>();
    try (Processor reporter = new Processor()) {
      Baseline baseline = new Baseline(reporter, new DiffPluginImpl());
      for (Baseline.Info info :
          baseline.baseline(
              now,
              ApiSignature.exports(now),
              promised,
              ApiSignature.exports(promised),
              new Instructions())) {
        if (info.packageDiff.getDelta() == Delta.REMOVED) {
          broken.add(info.packageName + " was promised, but is gone.");
        } else if (info.mismatch) {
          broken.add(
              "%s was promised as %s and has changed: make it %s in its package-info.java. %s"
                  .formatted(
                      info.packageName, info.olderVersion, info.suggestedVersion, info.reason));
        }
      }
    }
    return broken;
  }

  /** A contract as it has been built. */
  private static Tree tree(String contract) throws IOException {
    Path bundles = Path.of(System.getProperty("peerworks.worker.home"), "bundles");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(bundles, contract + "-*.jar");
        Jar bundle = new Jar(jars.iterator().next().toFile())) {
      return new DiffPluginImpl().tree(bundle);
    } catch (Exception e) {
      throw new IOException("Cannot read the bundle of " + contract, e);
    }
  }

  private static Path baseline(String contract) {
    return SOURCES.resolve("bundles").resolve(contract).resolve("baseline.txt");
  }

  /** The contracts of the plugin BOM. */
  private static List<String> promised() throws IOException {
    List<String> contracts =
        CONTRACT
            .matcher(Files.readString(SOURCES.resolve("bom/pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(contracts).contains(JOBS).hasSizeGreaterThan(4);
    return contracts;
  }
}
