package org.peerworks.transport.direct;

import java.security.Security;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets TLS change its keys after each mebibyte instead of each 128 gibibytes, in all tests of this
 * bundle. It is asked for once, so it must be said before anybody uses TLS.
 */
public final class FrequentKeys implements LauncherSessionListener {

  static final int LIMIT_BITS = 20;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Security.setProperty("jdk.tls.keyLimits", "AES/GCM/NoPadding KeyUpdate 2^" + LIMIT_BITS);
  }
}
