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
import org.peerworks.job.api.ProgramProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the built-in trainer along for workers that have no sleap-nn. */
@Component(property = ProgramProvider.NAME + "=sleap-nn")
public final class PoseProgramProvider implements ProgramProvider {

  private static final Logger logger = LoggerFactory.getLogger(PoseProgramProvider.class);

  private final Bundle bundle;
  private final String data;
  private Path program;

  @Activate
  public PoseProgramProvider(BundleContext context) {
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
    return ProgramCommand.of(program);
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
