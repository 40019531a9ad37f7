"""The words with which a dataset is described. What the Thai government catalogue calls each of them stands in GDC."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from learningcity.common.text import LocalText


class DataType(TextChoices):
    """What kind of data it is (ประเภทชุดข้อมูล)."""

    RECORDS = "records", _("records")
    STATISTICS = "statistics", _("statistics")
    GEODATA = "geodata", _("maps and places")
    MIXED = "mixed", _("several kinds")
    OTHER = "other", _("another kind of data")


class Objective(TextChoices):
    """What the data are kept for (วัตถุประสงค์)."""

    NATIONAL_STRATEGY = "national_strategy", _("the national strategy")
    ECONOMIC_PLAN = "economic_plan", _("the national economic and social development plan")
    SECURITY_PLAN = "security_plan", _("the national security plan")
    MASTER_PLAN = "master_plan", _("a master plan under the national strategy")
    REFORM_PLAN = "reform_plan", _("the national reform plan")
    THIRD_LEVEL_PLAN = "third_level_plan", _("a plan of the third level")
    POLICY = "policy", _("a policy of the government or an order of the prime minister")
    RESOLUTION = "resolution", _("a resolution of the cabinet")
    SERVICE = "service", _("services to the public")
    LAW = "law", _("a law that asks for it")
    MISSION = "mission", _("the mission of the office")
    INTERNATIONAL_INDEX = "international_index", _("an international index or indicator")
    UNKNOWN = "unknown", _("not known")
    OTHER = "other", _("something else")


class Rhythm(TextChoices):
    """How often the data are brought up to date (หน่วยความถี่ของการปรับปรุงข้อมูล)."""

    UNKNOWN = "unknown", _("not known")
    YEAR = "year", _("yearly")
    HALF_YEAR = "half_year", _("every half year")
    QUARTER = "quarter", _("every quarter")
    MONTH = "month", _("monthly")
    WEEK = "week", _("weekly")
    DAY = "day", _("daily")
    WORKDAY = "workday", _("every working day")
    HOUR = "hour", _("hourly")
    MINUTE = "minute", _("every minute")
    LIVE = "live", _("at once")
    NEVER = "never", _("never again")
    OTHER = "other", _("in another rhythm")


class Coverage(TextChoices):
    """Down to which places the data speak (ขอบเขตเชิงภูมิศาสตร์หรือเชิงพื้นที่)."""

    NONE = "none", _("no place")
    WORLD = "world", _("the world")
    CONTINENT = "continent", _("a continent or a group of its countries")
    ECONOMIC_GROUP = "economic_group", _("an economic group of countries")
    COUNTRY = "country", _("the country")
    REGION = "region", pgettext_lazy("coverage of data", "region")
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    SUBDISTRICT = "subdistrict", _("subdistrict")
    VILLAGE = "village", _("village")
    MUNICIPALITY = "municipality", pgettext_lazy("coverage of data", "municipality")
    POINT = "point", _("single points")
    UNKNOWN = "unknown", _("not known")
    OTHER = "other", _("other places")


class Category(TextChoices):
    """Who may see the data (หมวดหมู่ข้อมูลตามธรรมาภิบาลข้อมูลภาครัฐ)."""

    PUBLIC = "public", _("public data")
    PERSONAL = "personal", _("personal data")
    SECURITY = "security", _("data on security")
    SECRET = "secret", _("official secrets")


class License(TextChoices):
    """What others may do with the data."""

    OGL_TH = "OGL-TH", _("Open Government License Thailand")
    CC0 = "CC0-1.0", _("CC0: no rights reserved")
    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
    CC_BY_SA_IGO = "CC-BY-SA-3.0-IGO", _("Creative Commons Attribution-ShareAlike 3.0 IGO")
    UNKNOWN = "notspecified", _("not specified")


# Where the text of each license stands; none for what nobody specified.
LICENSE_TEXTS = {
    License.OGL_TH: "https://data.go.th/pages/dga-open-government-license",
    License.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    License.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    License.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    License.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    License.CC_BY_SA_IGO: "https://creativecommons.org/licenses/by-sa/3.0/igo/",
}
# Under these, anybody may use the data for any purpose (opendefinition.org).
OPEN_LICENSES = {License.OGL_TH, License.CC0, License.CC_BY, License.CC_BY_SA, License.CC_BY_SA_IGO}
LICENSE_NAMES = {
    License.OGL_TH: LocalText("สัญญาอนุญาตให้ใช้ข้อมูลภาครัฐแบบเปิดของประเทศไทย", "Open Government License - Thailand"),
}


class Way(TextChoices):
    """In which way data were taken: as which kind of file, row by row, or their description alone."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    PARQUET = "parquet", "Parquet"
    GEOJSON = "geojson", "GeoJSON"
    PDF = "pdf", "PDF"
    ZIP = "zip", _("all files")
    API = "api", _("rows, by programs")
    HARVEST = "harvest", _("description, by other catalogs")


# What counts as a download: the data themselves, as a file.
DOWNLOADS = (Way.CSV, Way.XLSX, Way.JSON, Way.PARQUET, Way.GEOJSON, Way.PDF, Way.ZIP)


class Standing(TextChoices):
    """Where an uploaded file stands."""

    RECEIVED = "received", _("received")
    READING = "reading", _("being read")
    READY = "ready", pgettext_lazy("state of a file", "read")
    REFUSED = "refused", _("refused")


# The exact values of the Thai government catalogue (ckanext-thai_gdc, ckan_dataset.json).
GDC: dict[type[TextChoices], dict[str, str]] = {
    DataType: {
        DataType.RECORDS: "ข้อมูลระเบียน",
        DataType.STATISTICS: "ข้อมูลสถิติ",
        DataType.GEODATA: "ข้อมูลภูมิสารสนเทศเชิงพื้นที่",
        DataType.MIXED: "ข้อมูลหลากหลายประเภท",
        DataType.OTHER: "ข้อมูลประเภทอื่นๆ",
    },
    Objective: {
        Objective.NATIONAL_STRATEGY: "ยุทธศาสตร์ชาติ",
        Objective.ECONOMIC_PLAN: "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ",
        Objective.SECURITY_PLAN: "แผนความมั่นคงแห่งชาติ",
        Objective.MASTER_PLAN: "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
        Objective.REFORM_PLAN: "แผนปฏิรูปประเทศ",
        Objective.THIRD_LEVEL_PLAN: "แผนระดับที่ 3 (มติครม. 4 ธ.ค. 2560)",
        Objective.POLICY: "นโยบายรัฐบาล/ข้อสั่งการนายกรัฐมนตรี",
        Objective.RESOLUTION: "มติคณะรัฐมนตรี",
        Objective.SERVICE: "เพื่อการให้บริการประชาชน",
        Objective.LAW: "กฎหมายที่เกี่ยวข้อง",
        Objective.MISSION: "พันธกิจหน่วยงาน",
        Objective.INTERNATIONAL_INDEX: "ดัชนี/ตัวชี้วัดระดับนานาชาติ",
        Objective.UNKNOWN: "ไม่ทราบ",
        Objective.OTHER: "อื่นๆ",
    },
    Rhythm: {
        Rhythm.UNKNOWN: "ไม่ทราบ",
        Rhythm.YEAR: "ปี",
        Rhythm.HALF_YEAR: "ครึ่งปี",
        Rhythm.QUARTER: "ไตรมาส",
        Rhythm.MONTH: "เดือน",
        Rhythm.WEEK: "สัปดาห์",
        Rhythm.DAY: "วัน",
        Rhythm.WORKDAY: "วันทำการ",
        Rhythm.HOUR: "ชั่วโมง",
        Rhythm.MINUTE: "นาที",
        Rhythm.LIVE: "ตามเวลาจริง",
        Rhythm.NEVER: "ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล",
        Rhythm.OTHER: "อื่นๆ",
    },
    Coverage: {
        Coverage.NONE: "ไม่มี",
        Coverage.WORLD: "โลก",
        Coverage.CONTINENT: "ทวีป/กลุ่มประเทศในทวีป",
        Coverage.ECONOMIC_GROUP: "กลุ่มประเทศทางเศรษฐกิจ",
        Coverage.COUNTRY: "ประเทศ",
        Coverage.REGION: "ภาค",
        Coverage.PROVINCE: "จังหวัด",
        Coverage.DISTRICT: "อำเภอ",
        Coverage.SUBDISTRICT: "ตำบล",
        Coverage.VILLAGE: "หมู่บ้าน",
        Coverage.MUNICIPALITY: "เทศบาล/อบต.",
        Coverage.POINT: "พิกัด",
        Coverage.UNKNOWN: "ไม่ทราบ",
        Coverage.OTHER: "อื่นๆ",
    },
    Category: {
        Category.PUBLIC: "ข้อมูลสาธารณะ",
        Category.PERSONAL: "ข้อมูลส่วนบุคคล",
        Category.SECURITY: "ข้อมูลความมั่นคง",
        Category.SECRET: "ข้อมูลความลับทางราชการ",
    },
}
