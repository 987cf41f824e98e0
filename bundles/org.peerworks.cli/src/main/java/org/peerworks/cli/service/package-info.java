/** The worker as a service of systemd: installing it, and changing its version in place. */
package org.peerworks.cli.service;
