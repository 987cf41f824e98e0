/** Looks at the parts of a worker when somebody asks. */
package org.peerworks.health.check;
