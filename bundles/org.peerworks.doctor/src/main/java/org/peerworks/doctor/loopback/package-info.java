/** The check that needs a framework: a real transfer between two peers of this process. */
package org.peerworks.doctor.loopback;
