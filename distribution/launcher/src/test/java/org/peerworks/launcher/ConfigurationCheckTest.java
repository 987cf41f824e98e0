package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Level;

class ConfigurationCheckTest {

  private static final String METATYPE =
      """
      <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
        <OCD id="x" name="x">
          <AD id="slots" type="Integer" min="0" max="64" default="1"/>
        </OCD>
        <Designate pid="org.example.thing"><Object ocdref="x"/></Designate>
      </metatype:MetaData>
      """;

  @TempDir Path directory;

  private Path data;

  @BeforeEach
  void install() throws Exception {
    Path bundles = Files.createDirectories(directory.resolve("home/bundles"));
    Files.createDirectories(directory.resolve("home/config"));
    data = directory.resolve("data");
    try (OutputStream out = Files.newOutputStream(bundles.resolve("thing.jar"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("OSGI-INF/metatype/org.example.thing.xml"));
      zip.write(METATYPE.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<Finding> findings(String content) throws Exception {
    Path config = Files.createDirectories(data.resolve("config"));
    Files.writeString(config.resolve("org.example.thing.cfg"), content);
    return check();
  }

  private List<Finding> check() {
    return new ConfigurationCheck(new Installation(directory.resolve("home")), data).run();
  }

  @Test
  void whatKeepsAWorkerFromStartingIsFoundWithFileKeyAndValue() throws Exception {
    assertThat(check()).extracting(Finding::level).containsExactly(Level.OK);
    assertThat(findings("slots = 64\n")).extracting(Finding::level).containsExactly(Level.OK);
    for (String wrong : List.of("-3", "65", "many")) {
      Finding finding = findings("slots = " + wrong + "\n").get(0);
      assertThat(finding.level()).isEqualTo(Level.ERROR);
      assertThat(finding.found())
          .contains(data.resolve("config/org.example.thing.cfg").toString())
          .contains("'slots' is '" + wrong + "'; a whole number from 0 to 64, such as 1");
    }
    assertThat(findings("slits = 1\n").get(0).level()).isEqualTo(Level.WARNING);
    assertThat(findings("slots = \\u00zz\n").get(0).level()).isEqualTo(Level.ERROR);
  }
}
