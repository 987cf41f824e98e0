package org.peerworks.files.browser;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.peerworks.files.api.FilePage;
import org.peerworks.files.api.FilePages;
import org.peerworks.files.api.FileSource;

/** Serves pages with a web server each. */
@Component
public final class JettyFilePages implements FilePages {

  private final Set<PageServer> open = ConcurrentHashMap.newKeySet();

  @Activate
  public JettyFilePages() {}

  @Override
  public FilePage open(FileSource source, int port) throws IOException {
    PageServer server = PageServer.start(source, port, open::remove);
    open.add(server);
    return server;
  }

  @Deactivate
  void stop() {
    Set.copyOf(open).forEach(PageServer::close);
  }
}
