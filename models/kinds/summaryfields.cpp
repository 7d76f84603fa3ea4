// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/summary.h"

#include <algorithm>

/// What an object's summary says, by kind, in the order in which people ask for it. Paths: the API's own reference,
/// https://kubernetes.io/docs/reference/kubernetes-api/
namespace fairlead::kinds {

namespace {

using enum Format;

constexpr KindKey nodes{"", "nodes"};
constexpr KindKey accounts{"", "serviceaccounts"};
constexpr KindKey services{"", "services"};
constexpr KindKey secrets{"", "secrets"};
constexpr KindKey volumes{"", "persistentvolumes"};
constexpr KindKey classes{"storage.k8s.io", "storageclasses"};

constexpr SummaryField pod[] = {
    {"Node", "/spec/nodeName", Name, {}, nodes},
    {"Pod IP", "/status/podIPs/*/ip"},
    {"Host IP", "/status/hostIP"},
    {"QoS", "/status/qosClass"},
    {"Account", "/spec/serviceAccountName", Name, {}, accounts},
    {"Started", "/status/startTime", Time},
    {"Restart policy", "/spec/restartPolicy"},
    {"Priority", "/spec/priorityClassName", Name, {}, {"scheduling.k8s.io", "priorityclasses"}},
    {"Deadline", "/spec/activeDeadlineSeconds", Seconds},
    {"Nominated for", "/status/nominatedNodeName", Name, {}, nodes},
    {"Node selector", "/spec/nodeSelector", Pairs},
    {"Gates", "/spec/readinessGates/*/conditionType"},
};

constexpr SummaryField deployment[] = {
    {"Ready", "/status/readyReplicas", Of, "/spec/replicas"},
    {"Up to date", "/status/updatedReplicas", Of, "/spec/replicas"},
    {"Available", "/status/availableReplicas", Of, "/spec/replicas"},
    {"Strategy", "/spec/strategy/type"},
    {"Surge", "/spec/strategy/rollingUpdate/maxSurge"},
    {"Unavailable at most", "/spec/strategy/rollingUpdate/maxUnavailable"},
    {"Revision", "/metadata/annotations/deployment.kubernetes.io~1revision"},
    {"Paused", "/spec/paused", Flag},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Selector", "/spec/selector", Pairs},
    {"Account", "/spec/template/spec/serviceAccountName", Name, {}, accounts},
    {"Old replica sets kept", "/spec/revisionHistoryLimit"},
    {"Progress deadline", "/spec/progressDeadlineSeconds", Seconds},
};

constexpr SummaryField replicaSet[] = {
    {"Ready", "/status/readyReplicas", Of, "/spec/replicas"},
    {"Available", "/status/availableReplicas", Of, "/spec/replicas"},
    {"Revision", "/metadata/annotations/deployment.kubernetes.io~1revision"},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Selector", "/spec/selector", Pairs},
    {"Account", "/spec/template/spec/serviceAccountName", Name, {}, accounts},
};

constexpr SummaryField statefulSet[] = {
    {"Ready", "/status/readyReplicas", Of, "/spec/replicas"},
    {"Up to date", "/status/updatedReplicas", Of, "/spec/replicas"},
    {"Strategy", "/spec/updateStrategy/type"},
    {"Pods start", "/spec/podManagementPolicy"},
    {"Service", "/spec/serviceName", Name, {}, services},
    {"Revision", "/status/currentRevision", Name, {}, {"apps", "controllerrevisions"}},
    {"Next revision", "/status/updateRevision", Name, {}, {"apps", "controllerrevisions"}},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Claims", "/spec/volumeClaimTemplates/*/metadata/name"},
    {"Selector", "/spec/selector", Pairs},
    {"Account", "/spec/template/spec/serviceAccountName", Name, {}, accounts},
};

constexpr SummaryField daemonSet[] = {
    {"Ready", "/status/numberReady", Of, "/status/desiredNumberScheduled"},
    {"Up to date", "/status/updatedNumberScheduled", Of, "/status/desiredNumberScheduled"},
    {"Available", "/status/numberAvailable", Of, "/status/desiredNumberScheduled"},
    {"On wrong nodes", "/status/numberMisscheduled"},
    {"Strategy", "/spec/updateStrategy/type"},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Selector", "/spec/selector", Pairs},
    {"Node selector", "/spec/template/spec/nodeSelector", Pairs},
    {"Account", "/spec/template/spec/serviceAccountName", Name, {}, accounts},
};

constexpr SummaryField replicationController[] = {
    {"Ready", "/status/readyReplicas", Of, "/spec/replicas"},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Selector", "/spec/selector", Pairs},
};

constexpr SummaryField revision[] = {{"Revision", "/revision"}};

constexpr SummaryField job[] = {
    {"Completions", "/status/succeeded", Of, "/spec/completions"},
    {"Failed", "/status/failed"},
    {"Running", "/status/active"},
    {"Parallelism", "/spec/parallelism"},
    {"Mode", "/spec/completionMode"},
    {"Back-off limit", "/spec/backoffLimit"},
    {"Deadline", "/spec/activeDeadlineSeconds", Seconds},
    {"Started", "/status/startTime", Time},
    {"Ended", "/status/completionTime", Time},
    {"Kept after the end", "/spec/ttlSecondsAfterFinished", Seconds},
    {"Completed indexes", "/status/completedIndexes"},
    {"Failed indexes", "/status/failedIndexes"},
    {"Suspended", "/spec/suspend", Flag},
    {"Image", "/spec/template/spec/containers/*/image"},
    {"Account", "/spec/template/spec/serviceAccountName", Name, {}, accounts},
};

constexpr SummaryField cronJob[] = {
    {"Schedule", "/spec/schedule"},
    {"Time zone", "/spec/timeZone"},
    {"Suspended", "/spec/suspend", Flag},
    {"Last run", "/status/lastScheduleTime", Time},
    {"Last success", "/status/lastSuccessfulTime", Time},
    {"Running", "/status/active/*", Kinded},
    {"Runs at once", "/spec/concurrencyPolicy"},
    {"Start at the latest after", "/spec/startingDeadlineSeconds", Seconds},
    {"Keeps done", "/spec/successfulJobsHistoryLimit"},
    {"Keeps failed", "/spec/failedJobsHistoryLimit"},
    {"Image", "/spec/jobTemplate/spec/template/spec/containers/*/image"},
    {"Account", "/spec/jobTemplate/spec/template/spec/serviceAccountName", Name, {}, accounts},
};

constexpr SummaryField service[] = {
    {"Type", "/spec/type"},
    {"Cluster IP", "/spec/clusterIPs/*"},
    {"External name", "/spec/externalName"},
    {"Load balancer", "/status/loadBalancer/ingress/*/ip"},
    {"Load balancer name", "/status/loadBalancer/ingress/*/hostname"},
    {"External IPs", "/spec/externalIPs/*"},
    {"Ports", "/spec/ports/*", Ports},
    {"Selector", "/spec/selector", Pairs},
    {"Affinity", "/spec/sessionAffinity"},
    {"Internal traffic", "/spec/internalTrafficPolicy"},
    {"External traffic", "/spec/externalTrafficPolicy"},
    {"IP families", "/spec/ipFamilies/*"},
};

constexpr SummaryField ingress[] = {
    {"Class", "/spec/ingressClassName", Name, {}, {"networking.k8s.io", "ingressclasses"}},
    {"Hosts", "/spec/rules/*/host"},
    {"Paths", "/spec/rules/*/http/paths/*/path"},
    {"Services", "/spec/rules/*/http/paths/*/backend/service/name", Name, {}, services},
    {"Default service", "/spec/defaultBackend/service/name", Name, {}, services},
    {"TLS hosts", "/spec/tls/*/hosts/*"},
    {"Address", "/status/loadBalancer/ingress/*/ip"},
    {"Address name", "/status/loadBalancer/ingress/*/hostname"},
};

constexpr SummaryField slice[] = {
    {"Addresses", "/endpoints/*/addresses/*"},
    {"Ports", "/ports/*", Ports},
    {"Kind of address", "/addressType"},
    {"Service", "/metadata/labels/kubernetes.io~1service-name", Name, {}, services},
};

constexpr SummaryField endpoints[] = {
    {"Addresses", "/subsets/*/addresses/*/ip"}, {"Not ready", "/subsets/*/notReadyAddresses/*/ip"}, {"Ports", "/subsets/*/ports/*", Ports}};

constexpr SummaryField policy[] = {
    {"Pods", "/spec/podSelector", Pairs},
    {"Kinds of traffic", "/spec/policyTypes/*"},
    {"Rules in", "/spec/ingress", Count},
    {"Rules out", "/spec/egress", Count},
};

constexpr SummaryField ingressClass[] = {{"Controller", "/spec/controller"}, {"Parameters", "/spec/parameters", Kinded}};
constexpr SummaryField address[] = {{"Belongs to", "/spec/parentRef/name", Name, {}, services}};
constexpr SummaryField cidr[] = {{"Ranges", "/spec/cidrs/*"}};

constexpr SummaryField configMap[] = {{"Entries", "/data", Count}, {"Binary entries", "/binaryData", Count}, {"Immutable", "/immutable", Flag}};
constexpr SummaryField secret[] = {{"Type", "/type"}, {"Entries", "/data", Count}, {"Immutable", "/immutable", Flag},
    {"Account", "/metadata/annotations/kubernetes.io~1service-account.name", Name, {}, accounts}};
constexpr std::string_view secretValues[] = {"/data", "/stringData", "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"};

constexpr SummaryField scaler[] = {
    {"Scales", "/spec/scaleTargetRef", Kinded},
    {"Replicas", "/status/currentReplicas"},
    {"Wanted", "/status/desiredReplicas"},
    {"At least", "/spec/minReplicas"},
    {"At most", "/spec/maxReplicas"},
    {"Metrics", "/spec/metrics/*/resource/name"},
    {"Last scaled", "/status/lastScaleTime", Time},
};
constexpr SummaryField budget[] = {
    {"Healthy", "/status/currentHealthy", Of, "/status/expectedPods"},
    {"Needed", "/status/desiredHealthy"},
    {"May be disrupted", "/status/disruptionsAllowed"},
    {"At least", "/spec/minAvailable"},
    {"At most unavailable", "/spec/maxUnavailable"},
    {"Pods", "/spec/selector", Pairs},
};
constexpr SummaryField quota[] = {{"Used", "/status/used", Pairs}, {"Hard", "/status/hard", Pairs}, {"Scopes", "/spec/scopes/*"}};
constexpr SummaryField limitRange[] = {{"For", "/spec/limits/*/type"}, {"Default limits", "/spec/limits/*/default", Pairs},
    {"Default requests", "/spec/limits/*/defaultRequest", Pairs}, {"At least", "/spec/limits/*/min", Pairs},
    {"At most", "/spec/limits/*/max", Pairs}};

constexpr SummaryField claim[] = {
    {"Phase", "/status/phase"},
    {"Volume", "/spec/volumeName", Name, {}, volumes},
    {"Size", "/status/capacity/storage", Text, "/spec/resources/requests/storage"},
    {"Class", "/spec/storageClassName", Name, {}, classes},
    {"Access", "/spec/accessModes/*"},
    {"Mode", "/spec/volumeMode"},
};
constexpr SummaryField volume[] = {
    {"Phase", "/status/phase"},
    {"Claim", "/spec/claimRef", Kinded},
    {"Size", "/spec/capacity/storage"},
    {"Class", "/spec/storageClassName", Name, {}, classes},
    {"Access", "/spec/accessModes/*"},
    {"Afterwards", "/spec/persistentVolumeReclaimPolicy"},
    {"Driver", "/spec/csi/driver", Name, {}, {"storage.k8s.io", "csidrivers"}},
    {"Reason", "/status/reason"},
};
constexpr SummaryField storageClass[] = {
    {"Provisioner", "/provisioner"},
    {"Binds", "/volumeBindingMode"},
    {"Afterwards", "/reclaimPolicy"},
    {"Can grow", "/allowVolumeExpansion", Flag},
    {"Parameters", "/parameters", Pairs},
};
constexpr SummaryField attachment[] = {{"Volume", "/spec/source/persistentVolumeName", Name, {}, volumes},
    {"Node", "/spec/nodeName", Name, {}, nodes}, {"Attached", "/status/attached", Flag}, {"Attacher", "/spec/attacher"}};

constexpr SummaryField account[] = {{"Secrets", "/secrets/*/name", Name, {}, secrets},
    {"Image pull secrets", "/imagePullSecrets/*/name", Name, {}, secrets}, {"Mounts its token", "/automountServiceAccountToken", Flag}};
constexpr SummaryField role[] = {
    {"Rules", "/rules", Count}, {"Resources", "/rules/*/resources/*"}, {"Verbs", "/rules/*/verbs/*"}, {"Paths", "/rules/*/nonResourceURLs/*"}};
constexpr SummaryField binding[] = {{"Role", "/roleRef", Kinded}, {"Subjects", "/subjects/*", Kinded}};

constexpr SummaryField node[] = {
    {"Addresses", "/status/addresses/*/address"},
    {"Kubelet", "/status/nodeInfo/kubeletVersion"},
    {"Runtime", "/status/nodeInfo/containerRuntimeVersion"},
    {"System", "/status/nodeInfo/osImage"},
    {"Kernel", "/status/nodeInfo/kernelVersion"},
    {"Architecture", "/status/nodeInfo/architecture"},
    {"CPU", "/status/allocatable/cpu", Text, "/status/capacity/cpu"},
    {"Memory", "/status/allocatable/memory", Text, "/status/capacity/memory"},
    {"Pods", "/status/allocatable/pods", Text, "/status/capacity/pods"},
    {"Pod ranges", "/spec/podCIDRs/*"},
    {"Takes no pods", "/spec/unschedulable", Flag},
    {"Taints", "/spec/taints/*/key"},
};
constexpr SummaryField space[] = {{"Phase", "/status/phase"}, {"Finalizers", "/spec/finalizers/*"}};
constexpr SummaryField event[] = {
    {"About", "/involvedObject", Kinded},
    {"Type", "/type"},
    {"Reason", "/reason"},
    {"Message", "/message"},
    {"Times", "/count"},
    {"First", "/firstTimestamp", Time},
    {"Last", "/lastTimestamp", Time},
    {"From", "/source/component"},
    {"On", "/source/host"},
};
constexpr SummaryField newEvent[] = {
    {"About", "/regarding", Kinded},
    {"Type", "/type"},
    {"Reason", "/reason"},
    {"Message", "/note"},
    {"Times", "/series/count"},
    {"Seen", "/eventTime", Time},
    {"Last", "/series/lastObservedTime", Time},
    {"From", "/reportingController"},
};
constexpr SummaryField definition[] = {
    {"Group", "/spec/group"},
    {"Kind", "/spec/names/kind"},
    {"Plural", "/spec/names/plural"},
    {"Short names", "/spec/names/shortNames/*"},
    {"Scope", "/spec/scope"},
    {"Versions", "/spec/versions/*/name"},
    {"Stored as", "/status/storedVersions/*"},
    {"Conversion", "/spec/conversion/strategy"},
};
constexpr SummaryField apiService[] = {
    {"Group", "/spec/group"},
    {"Version", "/spec/version"},
    {"Service", "/spec/service/name", Name, "/spec/service/namespace", services},
    {"Priority", "/spec/groupPriorityMinimum"},
    {"Skips TLS checks", "/spec/insecureSkipTLSVerify", Flag},
};
constexpr SummaryField priority[] = {
    {"Value", "/value"}, {"For all", "/globalDefault", Flag}, {"Preempts", "/preemptionPolicy"}, {"Says", "/description"}};
constexpr SummaryField runtime[] = {{"Handler", "/handler"}};
constexpr SummaryField lease[] = {{"Holder", "/spec/holderIdentity"}, {"Renewed", "/spec/renewTime", Time}, {"Taken", "/spec/acquireTime", Time},
    {"Lasts", "/spec/leaseDurationSeconds", Seconds}, {"Changes of holder", "/spec/leaseTransitions"}};
constexpr SummaryField hooks[] = {{"Webhooks", "/webhooks/*/name"}, {"Policy on failure", "/webhooks/*/failurePolicy"},
    {"Service", "/webhooks/*/clientConfig/service/name"}, {"URL", "/webhooks/*/clientConfig/url"}};
constexpr SummaryField request[] = {{"Signer", "/spec/signerName"}, {"User", "/spec/username"}, {"Usages", "/spec/usages/*"}};

constexpr SummaryKind table[] = {
    {{"", "pods"}, pod},
    {{"apps", "deployments"}, deployment},
    {{"apps", "replicasets"}, replicaSet},
    {{"apps", "statefulsets"}, statefulSet},
    {{"apps", "daemonsets"}, daemonSet},
    {{"", "replicationcontrollers"}, replicationController},
    {{"apps", "controllerrevisions"}, revision},
    {{"batch", "jobs"}, job},
    {{"batch", "cronjobs"}, cronJob},
    {{"", "services"}, service},
    {{"networking.k8s.io", "ingresses"}, ingress},
    {{"discovery.k8s.io", "endpointslices"}, slice},
    {{"", "endpoints"}, endpoints},
    {{"networking.k8s.io", "networkpolicies"}, policy},
    {{"networking.k8s.io", "ingressclasses"}, ingressClass},
    {{"networking.k8s.io", "ipaddresses"}, address},
    {{"networking.k8s.io", "servicecidrs"}, cidr},
    {{"", "configmaps"}, configMap},
    {{"", "secrets"}, secret, secretValues},
    {{"autoscaling", "horizontalpodautoscalers"}, scaler},
    {{"policy", "poddisruptionbudgets"}, budget},
    {{"", "resourcequotas"}, quota},
    {{"", "limitranges"}, limitRange},
    {{"", "persistentvolumeclaims"}, claim},
    {{"", "persistentvolumes"}, volume},
    {{"storage.k8s.io", "storageclasses"}, storageClass},
    {{"storage.k8s.io", "volumeattachments"}, attachment},
    {{"", "serviceaccounts"}, account},
    {{"rbac.authorization.k8s.io", "roles"}, role},
    {{"rbac.authorization.k8s.io", "clusterroles"}, role},
    {{"rbac.authorization.k8s.io", "rolebindings"}, binding},
    {{"rbac.authorization.k8s.io", "clusterrolebindings"}, binding},
    {{"", "nodes"}, node, {}, true},
    {{"", "namespaces"}, space},
    {{"", "events"}, event},
    {{"events.k8s.io", "events"}, newEvent},
    {{"apiextensions.k8s.io", "customresourcedefinitions"}, definition},
    {{"apiregistration.k8s.io", "apiservices"}, apiService},
    {{"scheduling.k8s.io", "priorityclasses"}, priority},
    {{"node.k8s.io", "runtimeclasses"}, runtime},
    {{"coordination.k8s.io", "leases"}, lease},
    {{"admissionregistration.k8s.io", "validatingwebhookconfigurations"}, hooks},
    {{"admissionregistration.k8s.io", "mutatingwebhookconfigurations"}, hooks},
    {{"certificates.k8s.io", "certificatesigningrequests"}, request},
};

} // namespace

const SummaryKind *summaryKind(const Kind &kind)
{
    const auto *found = std::find_if(std::begin(table), std::end(table), [&kind](const SummaryKind &each) { return each.kind == kind.id.key(); });
    return found == std::end(table) ? nullptr : found;
}

std::span<const std::string_view> secretPaths(const Kind &kind)
{
    const SummaryKind *known = summaryKind(kind);
    return known == nullptr ? std::span<const std::string_view>() : known->secrets;
}

} // namespace fairlead::kinds
