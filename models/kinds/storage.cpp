// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

namespace fairlead::kinds {

namespace {

using enum Health;

Health ofPhase(std::string_view phase)
{
    if (phase == "Bound")
        return Healthy;
    if (phase == "Pending" || phase == "Terminating")
        return Progressing;
    if (phase == "Lost" || phase == "Failed")
        return Failed;
    // Volumes that nobody has claimed, or no longer.
    return phase == "Available" || phase == "Released" ? Idle : Unknown;
}

std::optional<Health> ofCells(const Cells &cells)
{
    return ofPhase(cells.text("Status"));
}

std::optional<Health> ofFacts(const Facts &facts)
{
    return facts.row().deleted().empty() ? ofPhase(facts.text("phase")) : Progressing;
}

std::optional<Health> attachmentOfCells(const Cells &cells)
{
    const std::string_view attached = cells.text("Attached");
    return attached == "true" || attached == "True" ? Healthy : Progressing;
}

constexpr Fact claimFacts[] = {{"phase", "/status/phase"}, {"volumeName", "/spec/volumeName"}, {"storageClassName", "/spec/storageClassName"},
    {"requested", "/spec/resources/requests/storage"}, {"finalizers", "/metadata/finalizers"}};
constexpr Fact volumeFacts[] = {
    {"phase", "/status/phase"}, {"claim", "/spec/claimRef"}, {"capacity", "/spec/capacity/storage"}, {"finalizers", "/metadata/finalizers"}};

constexpr KindKey volumes{"", "persistentvolumes"};
constexpr KindKey classes{"storage.k8s.io", "storageclasses"};
constexpr KindKey nodes{"", "nodes"};

constexpr Link claimLinks[] = {{volumes, "/spec/volumeName"}, {classes, "/spec/storageClassName"}};
constexpr Link volumeLinks[] = {{{}, "/spec/claimRef", Link::By::Reference}, {classes, "/spec/storageClassName"}};
constexpr Link attachmentLinks[] = {{volumes, "/spec/source/persistentVolumeName"}, {nodes, "/spec/nodeName"}};
constexpr Link capacityLinks[] = {{classes, "/storageClassName"}};

constexpr SortColumn driverSorts[] = {{"TokenRequests", SortType::Text}};

constexpr Kind kinds[] = {
    {
        .id = {"", "persistentvolumeclaims", "PersistentVolumeClaim"},
        .group = Group::ConfigAndStorage,
        .title = "Volume claims",
        .icon = "claim",
        .facts = claimFacts,
        .healthOfCells = ofCells,
        .healthOfFacts = ofFacts,
        .words = {"Bound", "Pending", "Degraded", "Lost", "Idle", "Unknown"},
        .uses = claimLinks,
    },
    {
        .id = {"", "persistentvolumes", "PersistentVolume"},
        .group = Group::ConfigAndStorage,
        .title = "Volumes",
        .icon = "volume",
        .facts = volumeFacts,
        .healthOfCells = ofCells,
        .healthOfFacts = ofFacts,
        .words = {"Bound", "Pending", "Degraded", "Failed", "Unclaimed", "Unknown"},
        .uses = volumeLinks,
    },
    {.id = {"storage.k8s.io", "storageclasses", "StorageClass"}, .group = Group::ConfigAndStorage, .title = "Storage classes", .icon = "storage"},
    {
        .id = {"storage.k8s.io", "volumeattachments", "VolumeAttachment"},
        .group = Group::ConfigAndStorage,
        .title = "Volume attachments",
        .icon = "volume",
        .healthOfCells = attachmentOfCells,
        .words = {"Attached", "Attaching", "Degraded", "Failed", "Idle", "Unknown"},
        .uses = attachmentLinks,
    },
    {
        .id = {"storage.k8s.io", "csistoragecapacities", "CSIStorageCapacity"},
        .group = Group::ConfigAndStorage,
        .title = "Storage capacities",
        .icon = "storage",
        .uses = capacityLinks,
    },
    {
        .id = {"storage.k8s.io", "csidrivers", "CSIDriver"},
        .group = Group::ConfigAndStorage,
        .title = "Storage drivers",
        .icon = "storage",
        .sorts = driverSorts,
    },
    {.id = {"storage.k8s.io", "csinodes", "CSINode"}, .group = Group::ConfigAndStorage, .title = "Storage nodes", .icon = "storage"},
    {
        .id = {"storage.k8s.io", "volumeattributesclasses", "VolumeAttributesClass"},
        .group = Group::ConfigAndStorage,
        .title = "Volume attributes classes",
        .icon = "storage",
    },
};

} // namespace

std::span<const Kind> storageKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
