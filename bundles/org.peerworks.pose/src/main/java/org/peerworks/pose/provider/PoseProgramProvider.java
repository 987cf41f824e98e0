package org.peerworks.pose.provider;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.job.api.ProgramProvider;
import org.peerworks.pose.video.VideoLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the built-in trainer along for workers that have no sleap-nn. */
@Component(configurationPid = "org.peerworks.pose", property = ProgramProvider.NAME + "=sleap-nn")
@Designate(ocd = PoseProgramProvider.Config.class)
public final class PoseProgramProvider implements ProgramProvider {

  /** As {@code SlpLimits} has them, which this part of the bundle does not see. */
  static final String MAX_LABEL_BYTES = "peerworks.maxLabelBytes";

  static final String MAX_LABEL_SECONDS = "peerworks.maxLabelSeconds";

  private static final Logger logger = LoggerFactory.getLogger(PoseProgramProvider.class);

  @ObjectClassDefinition(
      name = "Built-in trainer",
      description = "How much of a stranger's labels and videos the built-in trainer reads")
  @interface Config {
    @AttributeDefinition(
        description = "Most pixels of a frame, width times height",
        min = "1",
        max = "2147483647")
    int maxFramePixels() default 64_000_000;

    @AttributeDefinition(description = "Most frames of a video", min = "1", max = "2147483647")
    int maxVideoFrames() default 10_000_000;

    @AttributeDefinition(
        description = "Most bytes of a label file (.slp)",
        min = "1",
        max = "1125899906842624")
    long maxLabelBytes() default 64L << 30;

    @AttributeDefinition(
        description = "Most seconds that reading labels may take",
        min = "1",
        max = "2147483647")
    int maxLabelSeconds() default 120;
  }

  private final Bundle bundle;
  private final String data;
  private final List<String> limits;
  private Path program;

  @Activate
  public PoseProgramProvider(BundleContext context, Config config) {
    limits = limits(config);
    bundle = context.getBundle();
    data = context.getProperty("peerworks.data");
  }

  @Override
  public synchronized List<String> command() throws IOException {
    if (program == null) {
      if (data == null) {
        throw new IOException(
            "The built-in trainer cannot be unpacked: the framework property 'peerworks.data' is not set");
      }
      Path programs = Path.of(data, "programs").toAbsolutePath();
      program = new ProgramFiles(entries(), programs).unpacked();
      logger.info("Built-in trainer is in '{}'", program);
      new OldPrograms(programs, Path.of("/proc")).removeExcept(program, Instant.now());
    }
    OldPrograms.used(program, Instant.now());
    return ProgramCommand.of(program, limits);
  }

  /** The limits as system properties of the program, which checks them again. */
  static List<String> limits(Config config) {
    List<String> properties = new ArrayList<>();
    limit(properties, VideoLimits.MAX_PIXELS, "maxFramePixels", config.maxFramePixels());
    limit(properties, VideoLimits.MAX_FRAMES, "maxVideoFrames", config.maxVideoFrames());
    limit(properties, MAX_LABEL_BYTES, "maxLabelBytes", config.maxLabelBytes());
    limit(properties, MAX_LABEL_SECONDS, "maxLabelSeconds", config.maxLabelSeconds());
    return List.copyOf(properties);
  }

  private static void limit(List<String> properties, String name, String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The key '%s' in org.peerworks.pose.cfg has to be 1 or more, but is %d."
              .formatted(key, value));
    }
    properties.add("-D" + name + "=" + value);
  }

  private List<ProgramEntry> entries() {
    List<ProgramEntry> entries = new ArrayList<>();
    for (String root : List.of("program", "org/peerworks/pose")) {
      Enumeration<URL> found = bundle.findEntries(root, "*", true);
      for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
        String path = url.getPath();
        if (!path.endsWith("/")) {
          entries.add(
              new ProgramEntry(path.startsWith("/") ? path.substring(1) : path, url::openStream));
        }
      }
    }
    return entries;
  }
}
