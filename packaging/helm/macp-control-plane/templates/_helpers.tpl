{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{- define "macp.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "macp.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "macp.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "macp.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "macp.selector" -}}
app.kubernetes.io/name: {{ include "macp.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "macp.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "macp.selector" . }}
{{- end }}

{{- define "macp.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "macp.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* What would not start is refused here already. */}}
{{- define "macp.checked" -}}
{{- if not .Values.secrets.DATABASE_URL }}
{{- fail "secrets.DATABASE_URL is required: {name, key} of a Secret that exists" }}
{{- end }}
{{- if not (or .Values.secrets.AUTH_API_KEYS .Values.settings.MP_JWT_VERIFY_ISSUER) }}
{{- fail "secrets.AUTH_API_KEYS is required, unless settings.MP_JWT_VERIFY_ISSUER is set" }}
{{- end }}
{{- end }}
