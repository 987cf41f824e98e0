package ${package};

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.peerworks.job.api.ProgramProvider;

/** Lets jobs run the machine's own {@code sort}, unless its configuration names another. */
@Component(property = ProgramProvider.NAME + "=sort")
public final class SortProgram implements ProgramProvider {

  private static final List<String> PLACES = List.of("/usr/bin/sort", "/bin/sort");

  @Override
  public List<String> command() throws IOException {
    for (String place : PLACES) {
      if (Files.isExecutable(Path.of(place))) {
        return List.of(place);
      }
    }
    throw new IOException(
        "No program 'sort' at "
            + String.join(" or ", PLACES)
            + ". Install it, or name one in 'programs' of org.peerworks.job.process.cfg.");
  }
}
